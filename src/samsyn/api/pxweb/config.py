"""What the server says of itself: its limits, languages, licence and formats."""

from __future__ import annotations

from typing import Any, Final

from samsyn import __version__
from samsyn.api.asking import Asked
from samsyn.api.limits import configured, most_cells
from samsyn.api.pxweb.files import FORMATS
from samsyn.api.pxweb.texts import TEXTS
from samsyn.publish.texts import said
from samsyn.statistics.indicators import LANGUAGES
from samsyn.statistics.sources.opening import UNTOLD

VERSION: Final = "2.2.0"  # of the standard
NAMES: Final = {"sv": "Svenska", "en": "English"}
# Where there is no limit, the standard still asks for one.
UNLIMITED: Final = (1_000_000, 1)
ADDRESSES: Final = {"CC0": "https://creativecommons.org/publicdomain/zero/1.0/"}


def config(asked: Asked) -> dict[str, Any]:
    """The configuration."""
    sources = sorted({one.origin for one in asked.release.sources() if one.origin != UNTOLD})
    licences = sorted({one.licence for one in asked.release.sources() if one.licence})
    rate = configured()
    calls, seconds = (rate.calls, rate.seconds) if rate else UNLIMITED
    return {
        "apiVersion": VERSION,
        "appVersion": __version__,
        "languages": [{"id": one, "label": NAMES[one]} for one in LANGUAGES],
        "defaultLanguage": LANGUAGES[0],
        "maxDataCells": most_cells(),
        "maxCallsPerTimeWindow": calls,
        "timeWindow": seconds,
        "license": ", ".join(ADDRESSES.get(one, one) for one in licences),
        "sourceReferences": [
            {
                "language": one,
                "text": said(TEXTS, "source", one, sources=", ".join(["Samsyn", *sources])),
            }
            for one in LANGUAGES
        ],
        "defaultDataFormat": FORMATS[0],
        "dataFormats": list(FORMATS),
        "features": [{"id": "CORS", "params": [{"key": "enabled", "value": "True"}]}],
    }
