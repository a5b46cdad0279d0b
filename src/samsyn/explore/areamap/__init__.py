"""The interactive map and the table beside it."""
