"""What a plan comes to in a few sentences, written by rules from its records."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.cycle.chain.figures import area_name, kronor, years
from samsyn.cycle.models import Goal
from samsyn.cycle.plan.gathered import Plan
from samsyn.people.fields import label
from samsyn.publish.texts import listed


def sentences(plan: Plan, language: str) -> Iterator[str]:
    """The sentences, each of which stands by itself."""
    round = plan.round
    yield _("Planen gäller %(place)s %(years)s.") % {
        "place": area_name(round.place, language),
        "years": years(round.year_from, round.year_to),
    }
    yield from _goals(plan)
    yield from _interventions(plan)
    yield from _money(plan, language)
    yield from _heard(plan, language)


def measurable(goal: Goal) -> bool:
    """Whether a goal says of what, from what, to what and when."""
    return bool(
        (goal.indicator or goal.measure)
        and goal.baseline is not None
        and goal.target is not None
        and goal.target_year
    )


def _goals(plan: Plan) -> Iterator[str]:
    count = len(plan.goals)
    if not count:
        return
    sure = sum(measurable(goal) for goal in plan.goals)
    if sure == count:
        yield ngettext(
            "Målet kan mätas: det har mått, utgångsvärde, målvärde och målår.",
            "Alla %(count)s mål kan mätas: de har mått, utgångsvärde, målvärde och målår.",
            count,
        ) % {"count": count}
    else:
        yield ngettext(
            "Av %(count)s mål kan %(sure)s mätas: de andra saknar mått, utgångsvärde, målvärde "
            "eller målår.",
            "Av %(count)s mål kan %(sure)s mätas: de andra saknar mått, utgångsvärde, målvärde "
            "eller målår.",
            count,
        ) % {"count": count, "sure": sure}


def _interventions(plan: Plan) -> Iterator[str]:
    count = len(plan.interventions)
    if not count:
        yield _("Inga insatser är planerade än.")
        return
    long = sum(one.horizon == "long_term" for one in plan.interventions)
    structural = sum(one.level == "structural" for one in plan.interventions)
    yield ngettext(
        "Av %(count)s insats är %(long)s långsiktig och %(structural)s på strukturell nivå.",
        "Av %(count)s insatser är %(long)s långsiktiga och %(structural)s på strukturell nivå.",
        count,
    ) % {"count": count, "long": long, "structural": structural}


def _money(plan: Plan, language: str) -> Iterator[str]:
    sums = plan.sums()
    if not sums:
        if plan.interventions:
            yield _("För insatserna finns inga pengar angivna.")
        return
    words = {
        "decided": _("%(amount)s är beslutade"),
        "applied": _("%(amount)s är sökta"),
        "missing": _("%(amount)s saknas"),
    }
    told = [
        text % {"amount": kronor(sums[status][0], language)}
        for status, text in words.items()
        if status in sums
    ]
    yield _("Av pengarna till insatserna gäller: %(told)s.") % {"told": listed(told, language)}


def _heard(plan: Plan, language: str) -> Iterator[str]:
    heard = [label("perspective_heard", one).lower() for one in plan.round.perspectives_heard]
    if heard:
        yield _("De perspektiv som är hörda i kartläggningen är: %(heard)s.") % {
            "heard": listed(heard, language)
        }
