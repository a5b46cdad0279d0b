"""The pages of the cycle that are not those of every record."""
