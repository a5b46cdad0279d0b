"""The fonts that reports are set and drawn in: those of the site, as files that are always there.

A report then looks the same on every machine, and its charts are measured with the letters that
they are printed with. Both come as packages of their own, under the SIL Open Font Licence.
"""

from __future__ import annotations

import atexit
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

SANS, SERIF = "Source Sans Pro", "Source Serif Pro"
PACKAGES: Final = ("font_source_sans_pro", "font_source_serif_pro")


@cache
def folder() -> Path | None:
    """A folder with the fonts, each in one format only; None where they are not installed.

    The packages have every cut twice, as TrueType and as OpenType, and whoever reads their own
    folders may get either.
    """
    found = [spec for name in PACKAGES if (spec := find_spec(name)) is not None]
    if len(found) < len(PACKAGES):
        return None
    made = TemporaryDirectory(prefix="samsyn-fonts-")
    atexit.register(made.cleanup)
    for spec in found:
        for place in spec.submodule_search_locations or ():
            for file in sorted(Path(place, "files").glob("*.ttf")):
                Path(made.name, file.name).symlink_to(file)
    return Path(made.name)
