"""Tags of the base templates."""
