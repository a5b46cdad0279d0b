"""What stands behind the figures: methods, sources, changes, accessibility and the API."""
