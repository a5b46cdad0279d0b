"""Samsyn: measure, compare and follow up socioeconomic segregation."""

from importlib.metadata import version

__version__ = version("samsyn")
