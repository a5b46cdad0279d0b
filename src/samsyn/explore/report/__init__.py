"""The situation report of a place: as a page, PDF and Word, with a form and texts of one's own."""
