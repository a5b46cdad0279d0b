"""What a round covers, in words: where, when, how, and whose voices are heard and not."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.cycle.models import MappingRound
from samsyn.cycle.places import name_of
from samsyn.people.fields import label
from samsyn.publish.texts import listed
from samsyn.statistics.classifications import classification


@dataclass(frozen=True)
class Scope:
    """A round in words; `method` are its ways of finding out, each with how much of it."""

    where: str
    areas: tuple[str, ...]
    years: str
    focus_areas: tuple[str, ...]
    method: tuple[str, ...]
    heard: tuple[str, ...]
    unheard: tuple[str, ...]
    perspectives: tuple[str, ...]


def scope(round: MappingRound, language: str) -> Scope:
    """What a round covers. A perspective is heard where the round says so, or has a respondent."""
    spoken = set(
        round.respondents.filter(interviews__removed=None, interviews__isnull=False).values_list(
            "perspective", flat=True
        )
    )
    heard = spoken | set(round.perspectives_heard)
    every = classification("perspective_heard").entries
    first, last = round.year_from, round.year_to
    return Scope(
        where=name_of(round.place, language),
        areas=tuple(name_of(one, language) for one in round.areas),
        years=str(first) if first == last else f"{first}–{last}",
        focus_areas=tuple(label("focus_area", one) for one in round.focus_areas),
        method=tuple(method(round)),
        heard=tuple(label("perspective_heard", one) for one in every if one in heard),
        unheard=tuple(label("perspective_heard", one) for one in every if one not in heard),
        perspectives=tuple(label("perspective", one) for one in round.perspectives),
    )


def method(round: MappingRound) -> list[str]:
    """How the round finds out, with how much of it."""
    told = [_("Registerdata")] if round.registers else []
    held = round.interviews.filter(removed=None).count()
    if round.interviews_planned:
        told.append(
            _("Intervjuer: %(held)s av %(planned)s planerade är gjorda")
            % {"held": held, "planned": round.interviews_planned}
        )
    elif held:
        told.append(ngettext("%s intervju", "%s intervjuer", held) % held)
    if round.survey_answers:
        told.append(_("Enkät med %s svar") % round.survey_answers)
    if round.workshops:
        told.append(ngettext("%s workshop", "%s workshoppar", round.workshops) % round.workshops)
    if round.documents:
        told.append(
            ngettext("%s läst dokument", "%s lästa dokument", round.documents) % round.documents
        )
    return told


def sentence(told: Scope, language: str) -> str:
    """The scope in one sentence."""
    text = _("Kartläggningen gäller %(where)s, %(years)s") % {
        "where": told.where, "years": told.years,
    }  # fmt: skip
    if told.areas:
        text += " (" + listed(told.areas, language) + ")"
    if told.focus_areas:
        text += ". " + _("Fokusområden: %s") % listed(
            [one.lower() for one in told.focus_areas], language
        )
    return text + "."
