"""Pictures of rounds for tests of the rules, each with what is named and nothing else odd."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from samsyn.cycle.gaps import picture as p

FINE = "regso/2020/9901R001"
WELL_OFF = "regso/2020/9901R002"
TOWN = "municipality/9901"
FIGURE = p.Evidence("indicator", FINE)
DECIDED = (p.Money(100_000, "decided"),)


def actor(key: int, sector: str = "municipal", *roles: str) -> p.Actor:
    return p.Actor(key, f"Aktör {key}", sector, roles)


def problem(key: int = 1, **more: Any) -> p.Problem:
    told = {"evidence": (FIGURE,), "target_groups": ("women", "children_youth"), **more}
    return p.Problem(key, f"Problem {key}", **told)


def need(key: int = 1, **more: Any) -> p.Need:
    return p.Need(key, f"Behov {key}", **{"problems": (1,), **more})


def goal(key: int = 1, **more: Any) -> p.Goal:
    told = {"measured": True, "baseline": 0.4, "target": 0.3, "target_year": 2030, **more}
    return p.Goal(key, f"Mål {key}", **{"needs": (1,), **told})


def done(key: int = 1, **more: Any) -> p.Intervention:
    told = {
        "goals": (1,), "level": "structural", "horizon": "long_term", "participation": "shaped",
        "target_groups": ("women",), "afterwards": "Skolan tar över", "money": DECIDED, **more,
    }  # fmt: skip
    return p.Intervention(key, f"Insats {key}", **told)


def followed(key: int = 1, **more: Any) -> p.FollowUp:
    return p.FollowUp(key, f"Uppföljning {key}", **{"intervention": 1, **more})


# A round in which no rule finds anything.
WHOLE = p.Picture(
    key=7,
    title="Kartläggning",
    focus_areas=("housing",),
    heard=("officials", "residents"),
    interviews=8,
    area_types={FINE: 1, WELL_OFF: 5},
    actors=(
        actor(1), actor(2, "civil"), actor(3, "business"), actor(4, "state"), actor(5, "regional"),
    ),
    ties=((1, 2), (1, 3), (1, 4), (1, 5)),
    problems=(problem(areas=(FINE, WELL_OFF)),),
    needs=(need(),),
    goals=(goal(),),
    interventions=(done(),),
    follow_ups=(followed(),),
)  # fmt: skip


def whole(**more: Any) -> p.Picture:
    """The whole round, but for what is named."""
    return replace(WHOLE, **more)


def plan(*levels_and_more: dict[str, Any]) -> p.Picture:
    """The whole round with these interventions, all followed up."""
    some = tuple(done(key, **more) for key, more in enumerate(levels_and_more, start=1))
    follow_ups = tuple(followed(one.key, intervention=one.key) for one in some)
    return whole(interventions=some, follow_ups=follow_ups)


# Somebody receives newly arrived and somebody is charged with integration.
APART = whole(
    actors=(
        *WHOLE.actors, actor(6, "municipal", "reception"), actor(7, "municipal", "integration"),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """That a rule names these records in a round (`""` is the round itself), or none."""

    rule: str
    says: str
    round: p.Picture
    names: tuple[str, ...]


def cases(table: dict[str, list[tuple[Any, ...]]]) -> list[Case]:
    """The cases of a table: by rule what the case is, the round, and what the rule names."""
    return [
        Case(rule, says, round, tuple(names))
        for rule, rows in table.items()
        for says, round, *names in rows
    ]
