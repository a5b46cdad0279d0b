"""Compiled sweeps over neighbours and pairs of units, and how places are laid out for them."""
