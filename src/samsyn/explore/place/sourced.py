"""What goes with the figures of a page: its sources, periods and release."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from samsyn.explore.place.finding import Found
from samsyn.publish.about import About


def about_page(place: Found, subjects: Iterable[str], periods: Iterable[str]) -> About:
    """What is told of a page that shows these indicators and groupings of these periods."""
    told = place.gathered.sources
    used = {source for name in subjects for source in told.get(name, ())}
    manifest = place.release.manifest
    return About(
        title=_("%(place)s i siffror") % {"place": place.name},
        language=place.language,
        release=manifest.name,
        created=manifest.created,
        version=manifest.version,
        sources=tuple(source for source in place.release.sources() if source in used),
        periods=tuple(sorted(set(periods))),
        derived=True,
    )
