"""Whether figures are made up, as those of the demonstration are: every page must say so.

That a folder of files is fictional (`fictional = true` in its samsyn.toml) reaches a release only
by what its publisher and its places are called. This is the one place that reads it out of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from samsyn.statistics.query import Release
from samsyn.statistics.sources.forms import Provenance
from samsyn.statistics.sources.opening import UNTOLD

MADE_UP: Final = re.compile(
    r"\b(?:påhitt(?:at|ade|ad)?|fiktiv[at]?|made[- ]up|fictional)\b", re.IGNORECASE
)


def fictional(release: Release) -> bool:
    """Whether all or most of what a release shows is made up.

    A release may be built of made-up figures and a real list of areas, or of real figures beside
    which a made-up county stands as an example: what most of its told sources are decides.
    """
    told = [source for source in release.sources() if source.origin != UNTOLD]
    return 2 * sum(map(made_up, told)) > len(told)


def made_up(source: Provenance) -> bool:
    """Whether a source says of itself that it is made up."""
    return says_so((source.origin, source.title or ""))


def says_so(texts: Iterable[str]) -> bool:
    """Whether one of the texts, such as the name of a county, says that it is made up."""
    return any(MADE_UP.search(text) for text in texts)
