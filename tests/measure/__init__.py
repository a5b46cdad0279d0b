"""Tests of floor 1, the mathematics."""
