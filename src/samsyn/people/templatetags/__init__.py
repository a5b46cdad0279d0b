"""Tags of pages of work."""
