"""The chain against a slow reading of the same rules, over chains of every shape."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.cycle.chain.form import PAGE, PAPER
from samsyn.cycle.chain.layout import layout
from samsyn.cycle.chain.model import ORDER, Branch, Chain, Lack, Node, Step, branches
from samsyn.cycle.chain.paper import TALLEST, of_paper, sheet
from samsyn.publish.letters import across

WORDS = {lack: f"Saknar {lack.value} i den långa kedjan" for lack in Lack}
AREAS = ["regso/2020/9901R001", "regso/2020/9901R002", "municipality/2025/9901"]


@st.composite
def chains(draw) -> Chain:
    """Chains with up to twelve records and any links forwards."""
    nodes = []
    for at in range(draw(st.integers(0, 12))):
        step = draw(st.sampled_from(list(Step)))
        nodes.append(
            Node(
                f"{step.value}/{at}", step, draw(st.text(max_size=90)),
                areas=frozenset(draw(st.lists(st.sampled_from(AREAS), max_size=2))),
                hollow=draw(st.booleans()), late=draw(st.booleans()),
                note=draw(st.sampled_from(["", "2 000 000 kronor, beslutad, 2026–2029"])),
            )
        )  # fmt: skip
    pairs = [
        (a.key, b.key) for a, b in itertools.permutations(nodes, 2) if ORDER[a.step] < ORDER[b.step]
    ]
    return Chain.of(nodes, draw(st.lists(st.sampled_from(pairs))) if pairs else [])


def slow_lacks(chain: Chain, key: str) -> set[Lack]:
    """What a record lacks, told case by case as one would say it."""
    node = chain.nodes[key]
    to = {chain.nodes[b] for a, b in chain.links if a == key}
    of = {chain.nodes[a] for a, b in chain.links if b == key}
    steps_to, steps_of = {one.step for one in to}, {one.step for one in of}
    found = set()
    if node.step is Step.PROBLEM:
        found |= {Lack.EVIDENCE} if Step.EVIDENCE not in steps_of else set()
        found |= {Lack.NEED} if Step.NEED not in steps_to else set()
    if node.step is Step.NEED:
        found |= {Lack.PROBLEM} if Step.PROBLEM not in steps_of else set()
        found |= {Lack.GOAL} if Step.GOAL not in steps_to else set()
    if node.step is Step.GOAL:
        found |= {Lack.OF_NEED} if Step.NEED not in steps_of else set()
        found |= {Lack.INTERVENTION} if Step.INTERVENTION not in steps_to else set()
    if node.step is Step.INTERVENTION:
        found |= {Lack.OF_GOAL} if Step.GOAL not in steps_of else set()
        there = [one for one in to if one.step is Step.MONEY and not one.hollow]
        found |= set() if there else {Lack.MONEY}
        found |= {Lack.FOLLOW_UP} if Step.RESULT not in steps_to else set()
    if node.step is Step.RESULT:
        found |= set() if steps_of & {Step.GOAL, Step.INTERVENTION} else {Lack.SUBJECT}
        found |= {Lack.VALUE} if node.hollow and node.late else set()
    return found


def slow_reached(chain: Chain, key: str, forward: bool) -> set[str]:
    """All that can be reached from a record, one link at a time until nothing is added."""
    found = {key}
    while True:
        more = {b if forward else a for a, b in chain.links if (a if forward else b) in found}
        if more <= found:
            return found
        found |= more


@given(chains())
def test_what_is_lacking_is_what_one_would_say(chain):
    for key in chain.nodes:
        assert set(chain.lacks.get(key, ())) == slow_lacks(chain, key)


@given(chains())
def test_from_a_record_one_sees_what_it_comes_from_and_leads_to(chain):
    for key in chain.nodes:
        part = chain.around(key)
        assert set(part.nodes) == slow_reached(chain, key, True) | slow_reached(chain, key, False)
        assert part.links == {
            pair for pair in chain.links if pair[0] in part.nodes and pair[1] in part.nodes
        }
        # A link that is not shown is not lacking.
        for one in part.nodes:
            assert part.lacks.get(one, ()) == chain.lacks.get(one, ())


@given(chains(), st.sampled_from(AREAS))
def test_a_place_has_its_records_and_those_without_place_that_they_lead_to(chain, area):
    part = chain.about(lambda one: one == area)
    own = {key for key, node in chain.nodes.items() if area in node.areas}
    free = {key for key, node in chain.nodes.items() if not node.areas} | own
    expected = set(own)
    for key in own:
        for forward in (True, False):
            within = Chain.of(
                [node for name, node in chain.nodes.items() if name in free | {key}], chain.links
            )
            expected |= slow_reached_free(within, key, forward, own)
    assert set(part.nodes) == expected


def slow_reached_free(chain: Chain, key: str, forward: bool, own: set[str]) -> set[str]:
    found = {key}
    while True:
        more = {
            b if forward else a
            for a, b in chain.links
            if (a if forward else b) in found and (b if forward else a) not in own
        }
        if more <= found:
            return found
        found |= more


@pytest.mark.parametrize("form", [PAGE, PAPER])
@given(chains())
def test_the_picture_has_every_record_once_and_nothing_lies_on_another(form, chain):
    chain = of_paper(chain) if form is PAPER else chain
    made = layout(chain, WORDS, form)
    assert [box.node.key for box in made.boxes] == list(chain.nodes)
    assert {(line.first, line.second) for line in made.lines} == chain.links
    for one, other in itertools.combinations(made.boxes, 2):
        if one.x == other.x:
            assert one.y + one.height < other.y or other.y + other.height < one.y
    for box in made.boxes:
        assert box.y >= form.head
        assert box.y + box.height <= made.height
        room = form.column - 2 * form.padding
        assert all(across(line, form.size, bold=True) <= room for line in box.texts.title)
        assert all(across(line, form.small) <= room for line in box.texts.note)
    steps = {step for step in form.steps if not chain.at(step)}
    assert set(made.empty) == steps


@given(chains())
def test_lines_pass_between_the_boxes_that_they_cross(chain):
    made = layout(chain, WORDS, PAGE)
    for line in made.lines:
        (begin, *_), (end, *_) = line.points[0], line.points[-1]
        for x, y in line.points[1:-1]:
            assert begin < x < end
            for box in made.boxes:
                if box.x <= x <= box.x + PAGE.column:
                    assert not box.y < y < box.y + box.height


def threads(count: int) -> Chain:
    """So many threads from a problem to a follow-up, beside each other."""
    steps = PAPER.steps
    nodes = [
        Node(f"{step.value}/{at}", step, f"Den {at}:e posten som har en ganska lång rubrik")
        for at in range(count)
        for step in steps
    ]
    pairs = itertools.pairwise(steps)
    links = [
        (f"{a.value}/{at}", f"{b.value}/{at}") for a, b in pairs for at in range(count)
    ]  # fmt: skip
    return Chain.of(nodes, links)


@pytest.mark.parametrize("count", [1, 7, 40])
def test_on_paper_there_is_what_can_be_read_and_the_rest_is_counted(count):
    chain = threads(count)
    made = sheet(chain)
    assert made.layout.height <= TALLEST
    assert made.shown + sum(made.left_out) == len(chain.nodes)
    assert made.shown == len(chain.nodes) if count == 1 else made.shown >= 20
    # Threads are whole: what is shown hangs together as it does in the chain.
    shown = {box.node.key for box in made.layout.boxes}
    lines = {(line.first, line.second) for line in made.layout.lines}
    assert lines == {pair for pair in chain.links if set(pair) <= shown}
    assert len(lines) == 4 * (made.shown // 5)


@given(chains())
def test_on_paper_no_record_is_lost(chain):
    made = sheet(chain)
    assert made.shown + sum(made.left_out) == len(of_paper(chain).nodes)


@given(chains())
def test_the_list_opens_every_record_once(chain):
    opened: list[str] = []

    def read(branch: Branch) -> None:
        if branch.again:
            assert branch.node.key in opened
            return
        leads = {one.key for one in chain.after(branch.node.key)}
        if branch.branches or not leads:
            opened.append(branch.node.key)
            assert {one.node.key for one in branch.branches} == leads
        for one in branch.branches:
            read(one)

    for branch in branches(chain):
        assert not chain.before(branch.node.key)
        read(branch)
    with_more = [key for key in opened if chain.after(key)]
    assert len(with_more) == len(set(with_more))
    assert set(opened) == set(chain.nodes)


def test_a_link_backwards_is_refused():
    goal, need = Node("goal/1", Step.GOAL, "M"), Node("need/1", Step.NEED, "B")
    with pytest.raises(ValueError, match="back"):
        Chain.of([goal, need], [("goal/1", "need/1")])


def test_who_does_not_see_all_is_told_nothing_of_what_is_lacking():
    chain = Chain.of([Node("goal/1", Step.GOAL, "M")], [])
    assert chain.lacks
    assert not chain.unjudged().lacks
    assert not chain.unjudged().around("goal/1").lacks
