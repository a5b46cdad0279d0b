"""The parts as tags of templates."""
