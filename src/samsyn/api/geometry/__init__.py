"""Outlines of areas: GeoJSON and vector tiles."""
