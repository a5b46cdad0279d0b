"""Any picture of a round at all, with links that lead nowhere, for tests of what always holds."""

from __future__ import annotations

from hypothesis import strategies as st

from samsyn.cycle.gaps import picture as p
from samsyn.statistics.classifications import classification


def codes(of: str) -> st.SearchStrategy[tuple[str, ...]]:
    """Some codes of a classification."""
    return st.lists(st.sampled_from(sorted(classification(of).entries)), max_size=3).map(tuple)


def code(of: str) -> st.SearchStrategy[str]:
    """A code of a classification, or none."""
    return st.sampled_from(["", *sorted(classification(of).entries)])


KEYS = st.lists(st.integers(1, 5), max_size=4).map(tuple)
TITLES = st.text(max_size=8)
AREAS = st.sampled_from(
    ["", "regso/2020/9901R001", "deso/2018/9901A0010", "municipality/9901", "country/0", "okänt"]
)
SOME_AREAS = st.lists(AREAS, max_size=3).map(tuple)
NUMBERS = st.none() | st.floats(allow_nan=False)


def some(piece: st.SearchStrategy) -> st.SearchStrategy[tuple]:
    """Up to five records, each with its own key."""
    return st.lists(piece, max_size=5, unique_by=lambda one: one.key).map(tuple)


MONEY = st.builds(
    p.Money, st.integers(0, 10**13), st.sampled_from(["decided", "applied", "missing", "odd"])
)
ACTORS = st.builds(
    p.Actor, st.integers(1, 5), TITLES, code("actor_sector"), codes("actor_role")
)  # fmt: skip
EVIDENCE = st.builds(p.Evidence, st.sampled_from(["indicator", "interview", "document"]), AREAS)
PROBLEMS = st.builds(
    p.Problem, st.integers(1, 5), TITLES, codes("focus_area"), codes("target_group"), SOME_AREAS,
    codes("segregation_arena"), st.lists(EVIDENCE, max_size=3).map(tuple),
)  # fmt: skip
NEEDS = st.builds(
    p.Need, st.integers(1, 5), TITLES, KEYS, codes("target_group"), st.booleans(), TITLES
)
GOALS = st.builds(
    p.Goal, st.integers(1, 5), TITLES, KEYS, st.booleans(), NUMBERS, NUMBERS,
    st.none() | st.integers(2000, 2100), codes("perspective"),
)  # fmt: skip
INTERVENTIONS = st.builds(
    p.Intervention, st.integers(1, 5), TITLES, KEYS, st.booleans(), code("intervention_level"),
    code("intervention_horizon"), st.booleans(), codes("focus_area"), codes("target_group"),
    code("participation"), SOME_AREAS, KEYS, st.none() | st.dates(), TITLES, TITLES,
    st.lists(MONEY, max_size=3).map(tuple),
)  # fmt: skip
FOLLOW_UPS = st.builds(
    p.FollowUp, st.integers(1, 5), TITLES, st.none() | st.integers(1, 6),
    st.none() | st.integers(1, 6),
)  # fmt: skip
PICTURES = st.builds(
    p.Picture,
    key=st.integers(1, 9), title=TITLES, sector=code("actor_sector"),
    focus_areas=codes("focus_area"), perspectives=codes("perspective"),
    heard=codes("perspective_heard"), interviews=st.integers(0, 9),
    survey_answers=st.integers(0, 60), workshops=st.integers(0, 5), figures=SOME_AREAS,
    area_types=st.dictionaries(AREAS, st.integers(1, 5), max_size=3), actors=some(ACTORS),
    ties=st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=4).map(tuple),
    groups=st.lists(KEYS, max_size=2).map(tuple), problems=some(PROBLEMS), needs=some(NEEDS),
    goals=some(GOALS), interventions=some(INTERVENTIONS), follow_ups=some(FOLLOW_UPS),
)  # fmt: skip
