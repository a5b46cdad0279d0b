"""A report as HTML: a part for a page of the site, or a whole file that stands by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Final

from samsyn.publish import drawing
from samsyn.publish.charts import Chart
from samsyn.publish.letters import held
from samsyn.publish.reports.report import Figure, Report, Section
from samsyn.publish.reports.web_blocks import Blocks
from samsyn.publish.reports.web_look import sheet
from samsyn.publish.texts import Texts, said

TOP: Final = 2  # the level of the headings of sections: the first is the title's
DEEPEST: Final = 6
TEXTS: Final[Texts] = {"contents": {"sv": "Innehåll", "en": "Contents"}}
# Nothing is fetched, whatever the report says.
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def fragment(report: Report, picture: Callable[[Figure], str]) -> str:
    """What must be known first, the facts, the contents and the sections, without the title.

    `picture` gives the markup of a figure's picture, which stands as it is; all else is escaped.
    The markup has no styles of its own, so that a strict Content-Security-Policy lets it be.
    """
    blocks = Blocks(report.language, picture)
    sections = "".join(_section(section, TOP, blocks) for section in report.sections)
    return f"{_notice(report)}{_facts(report)}{_contents(report)}{sections}"


def page(report: Report) -> str:
    """The report as one file with its pictures and its looks in it, which asks for nothing."""
    language = escape(report.language)
    title = f'<h1><span class="kicker">{escape(report.kicker)}</span> {escape(report.name)}</h1>\n'
    subtitle = f'<p class="subtitle">{escape(report.subtitle)}</p>\n' if report.subtitle else ""
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(report.title)}</title>\n"
        f'<meta name="description" content="{escape(report.description)}">\n'
        f'<meta name="author" content="{escape(report.creator)}">\n'
        f'<meta name="date" content="{report.day.isoformat()}">\n'
        f"<style>{sheet()}</style>\n</head>\n<body>\n<main>\n"
        f"<header>\n{title}{subtitle}</header>\n"
        f"{fragment(report, _inline)}</main>\n</body>\n</html>\n"
    )


def _inline(figure: Figure) -> str:
    """The picture itself, with letters that readers have: they can be searched and enlarged.

    Whichever letters these are, they take the room that they were drawn for.
    """
    shown = figure.picture
    return held(drawing.svg(shown, bare=True) if isinstance(shown, Chart) else shown.svg)


def _notice(report: Report) -> str:
    if not report.notice:
        return ""
    return f'<div class="notice" role="note"><p>{escape(report.notice)}</p></div>\n'


def _facts(report: Report) -> str:
    if not report.facts:
        return ""
    facts = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(told)}</dd></div>" for name, told in report.facts
    )
    return f'<dl class="report-facts">{facts}</dl>\n'


def _contents(report: Report) -> str:
    if not report.sections:
        return ""
    heading = escape(said(TEXTS, "contents", report.language))
    return (
        f'<nav class="contents" aria-label="{heading}"><h{TOP}>{heading}</h{TOP}>'
        f"{_listed(report.sections)}</nav>\n"
    )


def _listed(sections: Iterable[Section]) -> str:
    lines = "".join(
        f'<li><a href="#{escape(section.id)}">{escape(section.title)}</a>'
        f"{_listed(section.sections) if section.sections else ''}</li>"
        for section in sections
    )
    return f"<ol>{lines}</ol>"


def _section(section: Section, level: int, blocks: Blocks) -> str:
    """A section with those in it, in the order in which figures and tables are numbered."""
    heading = f"h{min(level, DEEPEST)}"
    content = "".join(blocks.html(block) for block in section.blocks)
    inner = "".join(_section(one, level + 1, blocks) for one in section.sections)
    return (
        f'<section id="{escape(section.id)}"><{heading}>{escape(section.title)}</{heading}>\n'
        f"{content}{inner}</section>\n"
    )
