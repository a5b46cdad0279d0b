"""The scale bar of a pane: how long, in which corner, and as SVG.

Metres of SWEREF 99 TM differ from those on the ground by two per mille at most in Sweden, which is
less than a bar of a hundred pixels can show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from samsyn.publish.maps.letters import across
from samsyn.publish.maps.outlines import FINE, Frame
from samsyn.publish.numbers import SPACE
from samsyn.publish.theme import SMALL, Theme

PART: Final = 0.25  # of the pane's width that a bar takes at most
NARROWEST: Final = 200.0  # pixels of a pane that has a bar: smaller ones are read beside others
EDGE: Final = 8.0  # pixels from the bar to the edges of the pane
TICK: Final = 5.0
AROUND: Final = 4.0  # pixels around the bar where nothing else stands
ABOVE: Final = 4.0  # pixels from the bar up to the foot of its words


@dataclass(frozen=True)
class Bar:
    """A bar from (x, y) to the right, `length` pixels for so many metres."""

    metres: int
    x: float
    y: float
    length: float

    @property
    def label(self) -> str:
        """How long it is, which is written alike in Swedish and English."""
        if self.metres >= 1000:
            return f"{self.metres // 1000}{SPACE}km"
        return f"{self.metres}{SPACE}m"

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The room that it takes with its words: left, top, right, bottom."""
        middle, half = self.x + self.length / 2, max(self.length, across(self.label)) / 2 + AROUND
        return middle - half, self.y - ABOVE - SMALL, middle + half, self.y + AROUND


def round_metres(most: float) -> int:
    """The longest of 1, 2 and 5 times a power of ten that is not over `most`; at least a metre."""
    whole = max(int(most), 1)
    power: int = 10 ** (len(str(whole)) - 1)
    return next(times * power for times in (5, 2, 1) if times * power <= whole)


def bar(frame: Frame, areas: NDArray[Any], hidden: NDArray[Any] | None = None) -> Bar | None:
    """The bar of a pane in the lower corner where it covers less; None in a narrow pane.

    `areas` are in the units of paths. `hidden` is what must be covered even less, such as the
    outline of the town.
    """
    if frame.width < NARROWEST:
        return None
    metres = round_metres(PART * frame.width / frame.scale)
    length = metres * frame.scale
    y = frame.height - EDGE
    corners = [Bar(metres, x, y, length) for x in (EDGE, frame.width - EDGE - length)]
    return min(corners, key=lambda one: _covered(one, areas, hidden))


def _covered(one: Bar, areas: NDArray[Any], hidden: NDArray[Any] | None) -> tuple[float, float]:
    """How much a bar covers of what it must not, and of areas; to the pixel, so that ties stay."""
    box = [side * FINE for side in one.box]
    found = [
        round(float(np.sum(shapely.area(shapely.clip_by_rect(of, *box)))) / FINE**2)
        for of in (np.array([]) if hidden is None else hidden, areas)
    ]
    return found[0], found[1]


def svg(one: Bar, look: Theme) -> str:
    """The bar with its words, on a halo."""
    ends = f"M{one.x:.2f} {one.y - TICK:.2f}v{TICK:g}h{one.length:.2f}v{-TICK:g}"
    return (
        f'<g class="scale"><path d="{ends}" fill="none" stroke="{look.background}" '
        f'stroke-width="4.5" stroke-linecap="square"/><path d="{ends}" fill="none" '
        f'stroke="{look.ink}" stroke-width="1.5"/><text x="{one.x + one.length / 2:.1f}" '
        f'y="{one.y - ABOVE:.1f}" font-size="{SMALL}" fill="{look.ink}" text-anchor="middle" '
        f'stroke="{look.background}" stroke-width="3" stroke-linejoin="round" '
        f'paint-order="stroke">{one.label}</text></g>'
    )
