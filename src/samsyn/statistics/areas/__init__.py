"""Areas: their keys, names and hierarchy, and which of them a text means."""

from samsyn.statistics.areas.custom import CustomAreas, custom_areas
from samsyn.statistics.areas.keys import (
    COUNTRY,
    KINDS,
    LEVELS,
    PARENT_VINTAGE,
    AreaKey,
    Kind,
    kind_of_code,
    parent_key,
    parse_key,
)
from samsyn.statistics.areas.matching import Resolution, resolve
from samsyn.statistics.areas.names import search_text, search_texts
from samsyn.statistics.areas.registry import Registry, registry_of
from samsyn.statistics.areas.report import findings_of
from samsyn.statistics.areas.search import search
from samsyn.statistics.areas.texts import keys_seen

__all__ = [
    "COUNTRY",
    "KINDS",
    "LEVELS",
    "PARENT_VINTAGE",
    "AreaKey",
    "CustomAreas",
    "Kind",
    "Registry",
    "Resolution",
    "custom_areas",
    "findings_of",
    "keys_seen",
    "kind_of_code",
    "parent_key",
    "parse_key",
    "registry_of",
    "resolve",
    "search",
    "search_text",
    "search_texts",
]
