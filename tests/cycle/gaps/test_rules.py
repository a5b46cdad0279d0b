"""Each rule against a table of cases, and what all rules have in common."""

from __future__ import annotations

import csv
import re
import string
from collections import Counter

import pytest

from samsyn.cycle.gaps import Picture, findings, rules
from samsyn.cycle.gaps.registry import Step, rule
from samsyn.cycle.gaps.telling import sentence
from tests.cycle.gaps import cases_of_mappings, cases_of_records
from tests.cycle.gaps.rounds import WHOLE, plan, whole
from tests.reference import shared

CASES = [*cases_of_mappings.CASES, *cases_of_records.CASES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.says}")
def test_a_rule_finds_what_the_table_says(case):
    found = rules()[case.rule].check(case.round)
    assert tuple(one.about for one in found) == case.names


def test_every_rule_has_a_case_in_which_it_fires_and_one_in_which_it_does_not():
    fires = {case.rule for case in CASES if case.names}
    does_not = {case.rule for case in CASES if not case.names}
    assert fires == rules().keys()
    assert does_not == rules().keys()


def test_the_whole_round_and_the_empty_one_have_no_gaps():
    assert list(findings(WHOLE)) == []
    assert list(findings(Picture())) == []


def test_the_rules_are_those_of_the_list_with_its_words_and_sources():
    with shared("domain", "gap_rules.csv").open(encoding="utf-8") as file:
        rows = {row["rule"]: row for row in csv.DictReader(file)}
    assert rules().keys() >= rows.keys()
    for name, row in rows.items():
        assert rules()[name].title["sv"] == row["finding_sv"]
        for place in re.findall(r"\d\.\d(?:\.\d)?|chapter \d", row["basis"]):
            assert place in rules()[name].basis["en"], name


def test_rules_follow_the_chain():
    steps = [one.step for one in rules().values()]
    assert steps == sorted(steps, key=list(Step).index)
    assert set(steps) == set(Step)


@pytest.mark.parametrize("name", sorted(rules()))
def test_texts_are_there_in_both_languages(name):
    told = rules()[name]
    for texts in (told.title, told.finding, told.fires, told.why, told.todo, told.basis):
        assert set(texts) == {"sv", "en"}
        assert all(text.strip() for text in texts.values())
    fields = [
        {field for _text, field, _form, _more in string.Formatter().parse(text) if field}
        for text in told.finding.values()
    ]
    assert fields[0] == fields[1]


def test_sentences_name_the_record_and_say_what_is_missing_in_the_language_of_the_page():
    (found,) = rules()["goal_not_measurable"].check(
        whole(goals=(WHOLE.goals[0].__class__(3, "Färre {vräkta}", (1,)),))
    )
    assert sentence(found, "sv") == (
        "Målet ”Färre {vräkta}” saknar: indikator eller eget mått, utgångsvärde, målvärde, målår."
    )
    assert sentence(found, "en") == (
        "The goal “Färre {vräkta}” lacks: indicator or own measure, baseline value, target value, "
        "target year."
    )
    (found,) = rules()["collaboration_missing"].check(whole(ties=((1, 2),)))
    assert sentence(found, "sv").endswith("med: näringsliv, stat, region.")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("case", [case for case in CASES if case.names], ids=lambda one: one.says)
def test_every_finding_can_be_said(case, language):
    for found in findings(case.round):
        said = sentence(found, language)
        assert "{" not in said
        assert said.endswith(".")


def test_an_answer_is_of_what_the_rule_saw_and_of_nothing_else():
    first, second = ({"horizon": "here_and_now"},) * 2
    seen = {one.rule: one.state for one in findings(plan(first, second))}
    longer = {one.rule: one.state for one in findings(plan(first, second, first))}
    assert seen.keys() == longer.keys() == {"short_term_only"}
    assert seen["short_term_only"] != longer["short_term_only"]
    elsewhere = whole(interviews=99, interventions=plan(first, second).interventions)
    assert seen["short_term_only"] in {one.state for one in findings(elsewhere)}


def test_findings_are_told_apart():
    round = whole(needs=WHOLE.needs * 1, goals=(), follow_ups=())
    found = list(findings(round))
    assert max(Counter((one.rule, one.about) for one in found).values()) == 1
    assert len({one.state for one in found}) == len(found)


def test_two_rules_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two rules named goal_not_measurable"):
        rule("goal_not_measurable")(lambda _round: ())
