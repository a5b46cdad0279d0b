"""Places beside each other, and which are similar."""
