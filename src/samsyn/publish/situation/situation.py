"""The whole report, put together from its sections."""

from __future__ import annotations

from samsyn.publish.reports import Report
from samsyn.publish.situation.choice import Choice
from samsyn.statistics.query import Release


def situation_report(release: Release, choice: Choice) -> Report:
    """The situation report of a place."""
    area = release.area(choice.place)
    return Report(
        kicker="Lägesbild",
        name=area.name,
        subtitle="",
        description="",
        language=choice.language,
        day=choice.day,
        creator=choice.author or "Samsyn",
        facts=(),
        sections=(),
    )
