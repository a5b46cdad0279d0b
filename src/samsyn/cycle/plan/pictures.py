"""The pictures of a plan on a page: the chain in the page itself, charts drawn when looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from samsyn.cycle.followed import chart
from samsyn.cycle.plan.chapters.goal_values import goal_of
from samsyn.cycle.plan.gathered import Plan
from samsyn.publish import drawing
from samsyn.publish.charts import Chart
from samsyn.publish.letters import held
from samsyn.publish.reports import Diagram, Figure
from samsyn.publish.reports.web_blocks import image_address

PHONE: Final = "screen and (max-width: 40rem)"


def shown(address: Callable[[int], str]) -> Callable[[Figure], str]:
    """The markup of a figure's picture; `address` is that of the chart of a goal."""

    def picture(figure: Figure) -> str:
        told = _("Bild: %(title)s") % {"title": figure.title}
        if isinstance(figure.picture, Diagram):
            return format_html(
                '<div class="wide" tabindex="0" role="region" aria-label="{}">'
                '<img class="as-printed" src="{}" alt="{}"></div>',
                figure.title, image_address(held(figure.picture.svg)), told,
            )  # fmt: skip
        assert isinstance(figure.picture, Chart)
        here = address(goal_of(figure))
        return _drawn(figure.picture, here, told, "") + _drawn(figure.picture, here, told, "dark")

    return picture


def _drawn(of: Chart, address: str, told: str, look: str) -> str:
    """A chart for light or for dark pages; a phone gets a narrow one."""
    looks = f"&look={look}" if look else ""
    return format_html(
        '<picture class="drawn in-{}"><source media="{}" srcset="{}" width="{}" height="{}">'
        '<img src="{}" width="{}" height="{}" alt="{}" loading="lazy"></picture>',
        look or "light", PHONE, f"{address}?narrow=1{looks}", *drawing.size(of, narrow=True),
        f"{address}?{looks[1:]}" if looks else address, *drawing.size(of), told,
    )  # fmt: skip


def goal_chart(request: HttpRequest, plan: Plan, key: int) -> HttpResponse:
    """The chart of a goal of a plan. Raises Http404 where the plan has none."""
    language = request.LANGUAGE_CODE[:2]
    goal = next((one for one in plan.goals if one.pk == key), None)
    values = None if goal is None else plan.values(goal, language)
    if values is None or not values.drawn:
        raise Http404
    return chart.picture(values, language, request.GET)
