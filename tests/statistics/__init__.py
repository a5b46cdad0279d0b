"""Tests of floor 2, areas, indicators and releases."""
