"""Figures of the chain in words: a value, an amount of money, and where a figure is shown."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from samsyn.cycle.figures import address_of
from samsyn.cycle.followed.values import unit_of
from samsyn.cycle.models import Evidence, FollowUp, Goal, Money
from samsyn.cycle.places import name_of, release
from samsyn.people.fields import label
from samsyn.publish.numbers import SPACE, cell, number, quantity
from samsyn.statistics.indicators import UNITS


def value(amount: float | None, unit: str, status: str, language: str) -> str:
    """A value with its unit, or the word for why there is none."""
    if amount is None:
        return cell(None, unit, status or "missing", language)
    if unit in UNITS:
        return quantity(amount, unit, language)
    plain = number(amount, None, language, 0 if float(amount).is_integer() else 1)
    return f"{plain}{SPACE}{unit}" if unit else plain


def goal_unit(goal: Goal) -> str:
    """The unit of a goal's values: its own, else that of its indicator."""
    return unit_of(goal, release())


def result_unit(result: FollowUp, goals: Mapping[int, Goal]) -> str:
    """The unit of a follow-up's value: its own, else that of the goal that it is of."""
    goal = goals.get(result.goal_id or 0)
    return result.unit or ("" if goal is None else goal_unit(goal))


def kronor(amount: Decimal | int, language: str) -> str:
    """An amount in kronor."""
    plain = number(float(amount), None, language, 0)
    return f"{plain}{SPACE}kr" if language == "sv" else f"SEK{SPACE}{plain}"


def years(first: int | None, last: int | None) -> str:
    """Some years: "2026–2027"; one of them where the other is not told."""
    if first is not None and last is not None and first != last:
        return f"{first}–{last}"
    return str(first if first is not None else last or "")


def money_told(money: Money, language: str) -> str:
    """How much, whether it is there, and for when."""
    told = [kronor(money.amount, language), label("funding_status", money.status).lower()]
    return ", ".join([*told, *filter(None, [years(money.year_from, money.year_to)])])


@lru_cache(maxsize=4096)
def _area_name(key: str, language: str, release_name: str | None) -> str:
    return name_of(key, language)


def area_name(key: str, language: str) -> str:
    """What an area is called; looked up once for each release."""
    there = release()
    return _area_name(key, language, None if there is None else there.folder.name)


def evidence_told(evidence: Evidence, language: str) -> str:
    """A figure of evidence in words: what it is of, where and when."""
    told = [
        value(evidence.value, evidence.unit, evidence.status, language),
        area_name(evidence.area, language) if evidence.area else "",
        evidence.period,
    ]
    return ", ".join(one for one in told if one)


def figure_address(figure: Any, site: str) -> str:
    """The address of a figure in its release, which newer ones do not change.

    `figure` has indicator, area, period and release. Where its area is not known it is the page of
    its indicator.
    """
    if not figure.area:
        page = reverse("indicator", args=[figure.indicator])
        return f"{site}{page}?{urlencode({'release': figure.release})}"
    return f"{site}{address_of(figure)}"
