"""Tags of the templates of the cycle."""
