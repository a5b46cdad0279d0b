"""Puts the demonstration into the database: what people would have written, from two files.

Figures are those of the current release. What is there already is left as it is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any, Final

from django.db import transaction
from django.utils.translation import override

from samsyn.cycle import models
from samsyn.cycle.baseline import freeze
from samsyn.cycle.citing import cite_figure, cite_note
from samsyn.cycle.demonstration.followed import load_followed, load_groups
from samsyn.cycle.figures import Figure, UnknownFigureError, look_up
from samsyn.cycle.followed.inventories import enter, published
from samsyn.cycle.places import release
from samsyn.people.models import Account, Membership, Organisation, Role, Visibility
from samsyn.people.saving import create

# Of every made-up person; the site says so where it shows the demonstration.
PASSWORD: Final = "samsyn-demonstration"
STORIES: Final = ("vattstad", "trollhattan_2018")
# Columns that say something else than what is in the file.
APART: Final = frozenset({
    "key", "areas", "area", "figures", "notes", "problems", "needs", "goals", "partners", "lead",
    "money", "factor", "target", "linked", "members", "meetings",
})  # fmt: skip
Records = dict[str, Any]


def load(tell: Callable[[str], None] = lambda _: None) -> bool:
    """Load what is not there yet; whether anything was.

    `tell` is given the names of organisations as they are loaded.
    """
    loaded = False
    for name in STORIES:
        told = story(name)
        if Organisation.objects.filter(name=told["organisation"]["name"]).exists():
            continue
        with transaction.atomic(), override("sv"):
            _load(told)
        tell(told["organisation"]["name"])
        loaded = True
    return loaded


def story(name: str) -> dict[str, Any]:
    """What a file tells."""
    text = files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _load(story: Mapping[str, Any]) -> None:
    organisation = Organisation.objects.create(**story["organisation"])
    for told in story.get("department", ()):
        Organisation.objects.create(parent=organisation, **told)
    for told in story.get("other", ()):
        Organisation.objects.create(**told)
    by = [_person(told, organisation) for told in story.get("person", ())]
    if not by:
        # The historical story is kept by whoever leads the first one.
        by = [Account.objects.filter(memberships__role=Role.LEAD).order_by("pk")[0]]
        Membership.objects.create(organisation=organisation, account=by[0], role=Role.LEAD)
    author = by[0]
    round = _round(story["round"], organisation, author)
    actors = _actors(story, round, author)
    notes = _interviews(story, round, author)
    problems = _problems(story, round, author, notes)
    needs = {
        told["key"]: _record(models.Need, round, author, told, problems=[
            problems[key] for key in told.get("problems", ())
        ])
        for told in story.get("need", ())
    }  # fmt: skip
    goals = {told["key"]: _goal(told, round, author, needs) for told in story.get("goal", ())}
    interventions = {
        told["key"]: _intervention(told, round, author, goals, actors)
        for told in story.get("intervention", ())
    }
    load_followed(story, round, author, goals, interventions)
    load_groups(story, round, author, actors, interventions)
    for told in published() if "department" in story else ():
        enter(organisation, told, author)


def _person(told: Mapping[str, str], organisation: Organisation) -> Account:
    account = Account.objects.create_user(told["email"], PASSWORD, name=told["name"])
    of = Organisation.objects.get(name=told["of"]) if "of" in told else organisation
    Membership.objects.create(organisation=of, account=account, role=told["role"])
    return account


def _round(told: Mapping[str, Any], organisation: Organisation, by: Account) -> Any:
    fields = {name: value for name, value in told.items() if name not in {"areas", "source"}}
    fields["description"] = fields["description"].strip()
    made = models.MappingRound(
        organisation=organisation, visibility=Visibility.PUBLIC, **fields,
        areas=[key for code in told.get("areas", ()) if (key := _area(code))],
    )  # fmt: skip
    freeze(made)
    return create(made, by)


def _actors(story: Mapping[str, Any], round: Any, by: Account) -> Records:
    actors = {}
    for told in story.get("actor", ()):
        linked = Organisation.objects.filter(name=told.get("linked", "")).first()
        actors[told["key"]] = _record(models.Actor, round, by, told, more={"linked": linked})
    for told in story.get("tie", ()):
        first, second = sorted((actors[key] for key in told["between"]), key=lambda one: one.pk)
        fields = {name: value for name, value in told.items() if name != "between"}
        models.Tie.objects.create(round=round, first=first, second=second, **fields)
    return actors


def _interviews(story: Mapping[str, Any], round: Any, by: Account) -> list[Any]:
    """The interviews with their notes; all notes in one row, as the file counts them."""
    notes = []
    for number, told in enumerate(story.get("interview", ()), start=1):
        respondent = models.Respondent.objects.create(
            round=round, code=f"R{number}", role=told["role"], perspective=told["perspective"]
        )
        interview = models.Interview(
            organisation=round.organisation, round=round, title=f"R{number}, {told['role']}",
            respondent=respondent, held=told["held"],
        )  # fmt: skip
        create(interview, by)
        notes += [
            models.InterviewNote.objects.create(interview=interview, **note)
            for note in told["notes"]
        ]
    return notes


def _problems(story: Mapping[str, Any], round: Any, by: Account, notes: list[Any]) -> Records:
    problems = {}
    for told in story.get("problem", ()):
        problem = _record(models.Problem, round, by, told)
        for indicator, area in told.get("figures", ()):
            figure = _figure(indicator, area)
            if figure is not None:
                cite_figure(problem, figure)
        for at in told.get("notes", ()):
            cite_note(problem, notes[at])
        problems[told["key"]] = problem
    return problems


def _goal(told: Mapping[str, Any], round: Any, by: Account, needs: Records) -> Any:
    more: dict[str, Any] = {}
    figure = _figure(told["indicator"], told["area"]) if "indicator" in told else None
    if figure is not None and figure.value is not None:
        more = {
            "area": figure.area, "unit": figure.unit, "baseline": figure.value,
            "baseline_period": figure.period, "baseline_release": figure.release,
            "target": _as_set(figure.value * told["factor"]),
        }  # fmt: skip
    cited = [needs[key] for key in told.get("needs", ())]
    return _record(models.Goal, round, by, told, more=more, needs=cited)


def _as_set(value: float) -> float:
    """A target as somebody would set it: of two digits that say something."""
    return float(f"{value:.2g}")


def _intervention(
    told: Mapping[str, Any], round: Any, by: Account, goals: Records, actors: Records
) -> Any:
    made = _record(
        models.Intervention, round, by, told,
        more={"lead": actors.get(told.get("lead", ""))},
        goals=[goals[key] for key in told.get("goals", ())],
        partners=[actors[key] for key in told.get("partners", ())],
    )  # fmt: skip
    for money in told.get("money", ()):
        models.Money.objects.create(intervention=made, **money)
    return made


def _record(
    model: Any, round: Any, by: Account, told: Mapping[str, Any],
    more: Mapping[str, Any] | None = None, **several: Any,
) -> Any:  # fmt: skip
    """A record of the round with what the file tells of it."""
    fields = {name: value for name, value in told.items() if name not in APART}
    if "areas" in told:
        fields["areas"] = [key for code in told["areas"] if (key := _area(code))]
    made = model(
        organisation=round.organisation, round=round, visibility=Visibility.PUBLIC,
        **{**fields, **(more or {})},
    )  # fmt: skip
    return create(made, by, {name: [one.pk for one in them] for name, them in several.items()})


def _area(code: str) -> str | None:
    """The key of an area in the current release; None where it has none."""
    there = release()
    asked = code if "/" in code else f"regso/{code}"
    try:
        return None if there is None else there.area(asked).area
    except ValueError:
        return None


def _figure(indicator: str, area: str) -> Figure | None:
    try:
        return look_up(indicator, _area(area) or area)
    except UnknownFigureError:
        return None
