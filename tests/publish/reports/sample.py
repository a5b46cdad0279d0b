"""A report to be written in every format, and a text with what each format reads as markup."""

from __future__ import annotations

from datetime import date

from samsyn.publish.reports import Block, Report, Section

DAY = date(2026, 3, 4)
ODD = (
    "<b>Å</b> # $x$ \"citat\" 'ett' \\back{} @ref *fet* _kursiv_ [l](#a) // ej & ~ = - + #let "
    "<script>alert('å & \"ö\"')</script> ]]>"
)
STRIP = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="8"><path d="M0 4h9"/></svg>'


def reported(*sections: Section, language: str = "sv") -> Report:
    """A report of these sections. Nothing in it is odd: what is looked for is in the sections."""
    return Report(
        kicker="Lägesbild",
        name="Vattstad",
        subtitle="Hur det står till 2024",
        description="Segregationen i Vattstad.",
        language=language,
        day=DAY,
        creator="Vattstads kommun",
        facts=(("Plats", "Vattstads kommun"), ("Utgåva", "r1")),
        sections=sections,
    )


def single(*blocks: Block, inner: tuple[Section, ...] = (), language: str = "sv") -> Report:
    """A report of one section."""
    return reported(Section("housing", "Boende", blocks, inner), language=language)
