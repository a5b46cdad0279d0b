"""The pages of organisations, people and records."""
