"""Two people at the same record: nothing that either has written is lost unseen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.cycle.models import Need, Problem
from samsyn.people.saving import merge, merged_list, touch
from tests.cycle.making import mapping_round, record
from tests.people.making import client, member, organisation

NAMES = st.sampled_from(["title", "description", "year"])
VALUES = st.dictionaries(NAMES, st.sampled_from(["", "a", "b", None, 3]), min_size=3, max_size=3)
LISTS = st.lists(st.integers(0, 5), unique=True, max_size=5)


@given(VALUES, VALUES)
def test_what_only_one_has_changed_is_theirs(was, changed):
    mine = merge(was, was, changed)
    assert mine.values == changed
    assert not mine.clashes
    theirs = merge(was, changed, was)
    assert theirs.values == changed
    assert not theirs.clashes
    assert set(theirs.taken) == {name for name in was if was[name] != changed[name]}


@given(VALUES, VALUES, VALUES)
def test_only_what_both_have_changed_otherwise_clashes(was, theirs, mine):
    merged = merge(was, theirs, mine)
    expected = {
        name for name in was
        if theirs[name] != was[name] != mine[name] and theirs[name] != mine[name]
    }  # fmt: skip
    assert {clash.name for clash in merged.clashes} == expected
    for clash in merged.clashes:
        assert (clash.was, clash.theirs, clash.mine) == tuple(
            values[clash.name] for values in (was, theirs, mine)
        )
    # Who comes first makes no difference to what is kept without a question.
    other = merge(was, mine, theirs)
    assert all(merged.values[name] == other.values[name] for name in set(was) - expected)


@given(LISTS, LISTS, LISTS)
def test_members_of_lists_are_kept_or_left_one_by_one(was, theirs, mine):
    merged = merged_list(was, theirs, mine)
    assert len(merged) == len(set(merged))
    for one in range(6):
        changed = [one in values for values in (theirs, mine) if (one in values) != (one in was)]
        assert (one in merged) == (changed[0] if changed else one in was)
    assert set(merged) == set(merged_list(was, mine, theirs))


@pytest.fixture
def two():
    """Two who edit, and a need that both have opened."""
    anna, bo = (member(name, organisation()) for name in ("anna", "bo"))
    round_ = mapping_round()
    problems = [record(Problem, round_, f"Problem {n}") for n in "abc"]
    need = record(
        Need, round_, "Fler bostäder", description="Det behövs.", by=anna,
        several={"problems": problems[:1]},
    )  # fmt: skip
    return client(anna), client(bo), need, [one.pk for one in problems]


def typed(need: Need, problems: list[int], **more) -> dict:
    told = {
        "title": "Fler bostäder", "description": "Det behövs.", "kind": "operative",
        "own_control": "on", "problems": problems, "version": 1,
    }  # fmt: skip
    return {**told, **more}


@pytest.mark.django_db
def test_what_others_have_saved_stays_when_a_record_is_shared_or_taken_away(two):
    anna, _bo, need, problems = two
    stale = Need.objects.get(pk=need.pk)
    anna.post(f"{need.get_absolute_url()}andra/", typed(need, problems, title="Nytt"))
    stale.visibility = "public"
    touch(stale)
    need.refresh_from_db()
    assert (need.title, need.visibility, need.version) == ("Nytt", "public", 3)


@pytest.mark.django_db
class TestTwo:
    def test_different_fields_are_both_kept(self, two):
        anna, bo, need, problems = two
        there = f"{need.get_absolute_url()}andra/"
        anna.post(there, typed(need, problems[:1], title="Hyresrätter"))
        answer = bo.post(there, typed(need, problems[:1], kind="organisational"), follow=True)
        assert "Det som andra hade ändrat under tiden är kvar" in answer.content.decode()
        need.refresh_from_db()
        assert (need.title, need.kind, need.version) == ("Hyresrätter", "organisational", 3)

    def test_lists_of_links_are_laid_together(self, two):
        anna, bo, need, problems = two
        there = f"{need.get_absolute_url()}andra/"
        anna.post(there, typed(need, problems[:2]))
        assert bo.post(there, typed(need, [problems[2]])).status_code == 302
        assert sorted(need.problems.values_list("pk", flat=True)) == problems[1:]

    def test_the_same_field_is_shown_to_who_comes_second(self, two):
        anna, bo, need, problems = two
        there = f"{need.get_absolute_url()}andra/"
        anna.post(there, typed(need, problems[:1], title="Hyresrätter <b>"))
        answer = bo.post(there, typed(need, problems, title="Villor", kind="organisational"))
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Anna sparade medan du skrev" in page
        assert "Hyresrätter &lt;b&gt;" in page
        assert 'value="Villor"' in page
        need.refresh_from_db()
        assert (need.title, need.kind, need.problems.count()) == (
            "Hyresrätter <b>", "operative", 1,
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("choice", "title"), [("mine", "Hyresrätter och villor"), ("theirs", "Hyresrätter")]
    )
    def test_who_comes_second_chooses(self, two, choice, title):
        anna, bo, need, problems = two
        there = f"{need.get_absolute_url()}andra/"
        anna.post(there, typed(need, problems[:1], title="Hyresrätter"))
        chosen = {"title": "Hyresrätter och villor", "version": 2, "choose-title": choice}
        assert bo.post(there, typed(need, problems, **chosen)).status_code == 302
        need.refresh_from_db()
        assert (need.title, need.version, need.problems.count()) == (title, 3, 3)

    def test_a_choice_is_asked_again_where_it_was_changed_once_more(self, two):
        anna, bo, need, problems = two
        there = f"{need.get_absolute_url()}andra/"
        anna.post(there, typed(need, problems[:1], title="Ett"))
        anna.post(there, typed(need, problems[:1], title="Två", version=2))
        assert bo.post(there, typed(need, problems, title="Tre", version=2)).status_code == 409

    def test_the_words_of_both_stand_beside_each_other_where_it_is_a_choice(self, two):
        anna, bo, need, problems = two
        there = f"{need.get_absolute_url()}andra/"
        anna.post(there, typed(need, problems[:1], controlled_by="Regionen", own_control=""))
        page = bo.post(there, typed(need, problems[:1], controlled_by="Staten")).content.decode()
        assert "Regionen" in page
        assert 'value="Staten"' in page

    def test_a_version_that_never_was_asks_about_everything(self, two):
        _anna, bo, need, problems = two
        answer = bo.post(
            f"{need.get_absolute_url()}andra/", typed(need, problems, title="Nytt", version=77)
        )
        assert answer.status_code == 409
        need.refresh_from_db()
        assert need.title == "Fler bostäder"
