"""Whether a goal is reached, by rules that say so in words, and when it cannot be said.

What differs from the baseline by no more than chance is not called a change (see
`samsyn.publish.intervals`). A value without numerator and denominator has no interval: then the
words say that chance is not ruled out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from django.utils.translation import gettext as _

from samsyn.publish.intervals import Figure, difference
from samsyn.publish.numbers import number


class Verdict(Enum):
    """How far a goal has come."""

    REACHED = "reached"
    ON_THE_WAY = "on_the_way"
    NO_CHANGE = "no_change"
    AWAY = "away"
    NOT_REACHED = "not_reached"
    UNSAID = "unsaid"


@dataclass(frozen=True)
class Aim:
    """Where a goal begins and ends; what is not told is None."""

    baseline: Figure
    baseline_year: int | None
    target: float | None
    target_year: int | None
    unit: str = ""


@dataclass(frozen=True)
class Point:
    """A value at a time; `breaks` where its series is not quite the same as before it."""

    period: str
    figure: Figure
    breaks: bool = False

    @property
    def year(self) -> int | None:
        """The year that the period is in or begins in."""
        return year_of(self.period)


@dataclass(frozen=True)
class Judged:
    """The verdict and why; `progress` is the share of the way from baseline to target."""

    verdict: Verdict
    said: str
    progress: float | None = None

    @property
    def name(self) -> str:
        """The verdict in a few words."""
        return {
            Verdict.REACHED: _("Nått"),
            Verdict.ON_THE_WAY: _("På väg"),
            Verdict.NO_CHANGE: _("Ingen säker förändring"),
            Verdict.AWAY: _("Går åt fel håll"),
            Verdict.NOT_REACHED: _("Inte nått"),
            Verdict.UNSAID: _("Går inte att säga"),
        }[self.verdict]


def year_of(period: str) -> int | None:
    """The year of a period (`2026`, `2026-06`, `2026 kv 2`); None where it tells none."""
    return int(period[:4]) if period[:4].isdecimal() and len(period) >= 4 else None


def judge(aim: Aim, points: Sequence[Point], this_year: int, language: str = "sv") -> Judged:
    """How far a goal has come by the values of one origin, in any order."""
    lacking = _lacking(aim)
    if lacking:
        return Judged(Verdict.UNSAID, lacking)
    assert aim.target is not None
    assert aim.baseline.value is not None
    later = [
        one for one in points
        if aim.baseline_year is None or one.year is None or one.year > aim.baseline_year
    ]  # fmt: skip
    known = sorted((one for one in later if one.figure.known), key=lambda one: one.period)
    if not known:
        return Judged(
            Verdict.UNSAID,
            _("Värden har begärts efter utgångsåret, men de saknas.") if later
            else _("Det finns inget värde efter utgångsåret än."),
        )  # fmt: skip
    last = known[-1]
    assert last.figure.value is not None
    told: dict[str, object] = {
        "value": number(last.figure.value, aim.unit, language),
        "period": last.period or _("utan år"),
        "baseline": number(aim.baseline.value, aim.unit, language),
        "target": number(aim.target, aim.unit, language),
        "year": aim.target_year,
    }
    way = aim.target - aim.baseline.value
    progress = (last.figure.value - aim.baseline.value) / way
    moved, sure = _moved(last.figure, aim.baseline, upwards=way > 0)
    verdict, said = _verdict(aim, last, moved, progress, this_year, told)
    more = _caveats(later, last, verdict, sure)
    return Judged(verdict, " ".join([said, *more]), progress)


def _lacking(aim: Aim) -> str:
    """Why nothing can be said whatever the values; empty where it can."""
    if aim.target is None:
        return _("Målet har inget målvärde.")
    if not aim.baseline.known:
        return _("Utgångsvärdet saknas, så det går inte att se åt vilket håll målet ligger.")
    if aim.target == aim.baseline.value:
        return _("Målvärdet är detsamma som utgångsvärdet.")
    return ""


def _moved(
    last: Figure, base: Figure, *, upwards: bool
) -> tuple[Literal["toward", "away", "alike"], bool]:
    """Which way the value has moved, and whether chance is ruled out."""
    assert last.value is not None
    assert base.value is not None
    found = difference(last, base)
    sure = found != "unknown"
    if not sure and last.sure:
        # The baseline is a number that somebody set: only the value itself has chance in it.
        assert last.lower is not None
        assert last.upper is not None
        sure = True
        found = "alike" if last.lower <= base.value <= last.upper else "unknown"
    if found == "alike" or last.value == base.value:
        return "alike", sure
    return ("toward" if (last.value > base.value) == upwards else "away"), sure


def _verdict(
    aim: Aim, last: Point, moved: str, progress: float, this_year: int, told: dict[str, object]
) -> tuple[Verdict, str]:
    over = aim.target_year is not None and this_year > aim.target_year
    at_end = aim.target_year is None or (last.year is not None and last.year >= aim.target_year)
    if progress >= 1:
        if moved == "alike":
            return Verdict.NO_CHANGE, _(
                "Värdet %(period)s är %(value)s och målet %(target)s, men skillnaden mot "
                "utgångsvärdet %(baseline)s är inte större än vad slumpen kan ge."
            ) % told  # fmt: skip
        return Verdict.REACHED, _(
            "Värdet %(period)s är %(value)s, och målet var %(target)s."
        ) % told  # fmt: skip
    if over and not at_end:
        return Verdict.UNSAID, _(
            "Målåret %(year)s är slut, men det senaste värdet avser %(period)s: %(value)s. Det var "
            "inte målvärdet %(target)s."
        ) % told  # fmt: skip
    if aim.target_year is not None and at_end:
        return Verdict.NOT_REACHED, _(
            "Målåret var %(year)s. Värdet %(period)s är %(value)s, och målet var %(target)s."
        ) % told  # fmt: skip
    if moved == "alike":
        return Verdict.NO_CHANGE, _(
            "Värdet %(period)s är %(value)s. Det skiljer sig inte säkert från utgångsvärdet "
            "%(baseline)s. Målet är %(target)s."
        ) % told  # fmt: skip
    if moved == "away":
        return Verdict.AWAY, _(
            "Värdet har gått från %(baseline)s till %(value)s %(period)s, bort från målet "
            "%(target)s."
        ) % told  # fmt: skip
    return Verdict.ON_THE_WAY, _toward(aim, last, progress, told)


def _toward(aim: Aim, last: Point, progress: float, told: dict[str, object]) -> str:
    """How much of the way is done, against how much of the time has gone, where that is known."""
    said = _(
        "Värdet har gått från %(baseline)s till %(value)s %(period)s, mot målet %(target)s."
    ) % told  # fmt: skip
    share = {"way": round(progress * 100), "time": 0}
    if aim.baseline_year is None or aim.target_year is None or last.year is None:
        return f"{said} " + _("Det är %(way)s procent av vägen.") % share
    time = (last.year - aim.baseline_year) / max(1, aim.target_year - aim.baseline_year)
    share["time"] = round(time * 100)
    return f"{said} " + (
        _("Det är %(way)s procent av vägen när %(time)s procent av tiden har gått.") % share
    )


def _caveats(later: Sequence[Point], last: Point, verdict: Verdict, sure: bool) -> list[str]:
    """What must be known beside the verdict."""
    more = []
    if not sure and verdict in {Verdict.ON_THE_WAY, Verdict.AWAY, Verdict.REACHED}:
        more.append(_("Om skillnaden är större än slumpen går inte att säga av värdet ensamt."))
    if any(one.breaks and one.period <= last.period for one in later):
        more.append(_("Serien bryts efter utgångsåret, så åren är inte helt jämförbara."))
    if last.figure.estimated:
        more.append(_("Värdet är skattat."))
    missing = [one.period for one in later if not one.figure.known and one.period > last.period]
    if missing:
        more.append(_("För %(periods)s saknas värde.") % {"periods": ", ".join(sorted(missing))})
    return more
