"""Fetching from the agencies' own services: PxWebApi 2 (Statistics Sweden and others) and Kolada.

What is fetched is kept in a folder that `samsyn.statistics.sources` reads.
"""

from samsyn.statistics.services.client import Client, Patience, Request
from samsyn.statistics.services.entries import (
    FigureEntry,
    Preset,
    TableEntry,
    find_figure,
    find_table,
    preset,
)
from samsyn.statistics.services.errors import Refused, ServiceError, TooManyCells
from samsyn.statistics.services.kolada import KeyFigure, Kolada
from samsyn.statistics.services.pace import Clock, Pace
from samsyn.statistics.services.pxweb import Listed, PxWeb, Table
from samsyn.statistics.services.selection import Years, parse_years
from samsyn.statistics.services.session import Fetched, Session
from samsyn.statistics.services.shelf import Facts, Shelf, opened_shelf
from samsyn.statistics.services.tables import Plan, Wish, fetch_table, planned

__all__ = [
    "Client",
    "Clock",
    "Facts",
    "Fetched",
    "FigureEntry",
    "KeyFigure",
    "Kolada",
    "Listed",
    "Pace",
    "Patience",
    "Plan",
    "Preset",
    "PxWeb",
    "Refused",
    "Request",
    "ServiceError",
    "Session",
    "Shelf",
    "Table",
    "TableEntry",
    "TooManyCells",
    "Wish",
    "Years",
    "fetch_table",
    "find_figure",
    "find_table",
    "opened_shelf",
    "parse_years",
    "planned",
    "preset",
]
