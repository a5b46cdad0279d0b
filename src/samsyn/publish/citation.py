"""How figures are cited: a line of text, BibTeX, and an address that answers the same next year."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote, urlencode

from samsyn.publish.about import About
from samsyn.publish.texts import Texts, said

TEXTS: Final[Texts] = {
    "text": {
        "sv": "{title}. Samsyn, utgåva {release} av den {created}.{source}{retrieved}{address}",
        "en": "{title}. Samsyn, release {release} of {created}.{source}{retrieved}{address}",
    },
    "source": {"sv": " Källa: {sources}.", "en": " Source: {sources}."},
    "retrieved": {"sv": " Hämtat från källan {day}.", "en": " Retrieved from the source {day}."},
}

# What TeX would read as something else.
TEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
        "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip


def permalink(
    base: str,
    path: str,
    release: str,
    parameters: Mapping[str, str | Sequence[str]] | None = None,
) -> str:
    """The address of a page in one release, which newer releases do not change.

    `base` is the address of the site; other parameters of the page come before the release, in
    their order, those with several values once for each.
    """
    asked = {name: value for name, value in (parameters or {}).items() if name != "release"}
    query = urlencode({**asked, "release": release}, doseq=True, quote_via=quote)
    return f"{base.rstrip('/')}/{quote(path.lstrip('/'))}?{query}"


def text(about: About, address: str | None = None) -> str:
    """A citation in the language of the figures, as one line."""
    sources = ", ".join(about.tables)
    title = f"{about.title}, {about.when}" if about.when else about.title
    return said(
        TEXTS,
        "text",
        about.language,
        title=title,
        release=about.release,
        created=about.created[:10],
        source=said(TEXTS, "source", about.language, sources=sources) if sources else "",
        retrieved=(
            said(TEXTS, "retrieved", about.language, day=about.retrieved) if about.retrieved else ""
        ),
        address=f" {address}" if address else "",
    )


def bibtex(about: About, address: str | None = None) -> str:
    """The citation as an entry for BibTeX and BibLaTeX."""
    year = about.created[:4]
    mark = hashlib.sha256(f"{about.title} {about.periods}".encode()).hexdigest()[:6]
    key = re.sub(r"[^A-Za-z0-9-]+", "-", f"samsyn-{about.release}-{mark}")
    title = f"{about.title}, {about.when}" if about.when else about.title
    fields = {
        "title": title.translate(TEX),
        "author": "{Samsyn}",
        "year": year,
        "version": about.release.translate(TEX),
        "note": ", ".join(about.tables).translate(TEX),
        "url": address,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", *lines, "}"]) + "\n"
