"""A whole cycle of one round, each text of it told apart by a mark, for tests of what shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from samsyn.cycle.models import (
    Actor,
    CollaborationGroup,
    Decision,
    Evidence,
    FollowUp,
    Goal,
    Intervention,
    Interview,
    InterviewNote,
    MappingRound,
    Meeting,
    Money,
    Need,
    Problem,
    Respondent,
)
from samsyn.people.models import Organisation, Visibility
from tests.cycle.making import mapping_round, record

REGSO = "regso/2020/9901R001"


@dataclass
class Whole:
    """The records of a round by what they are."""

    round: MappingRound
    records: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        """A record by its name."""
        try:
            return self.records[name]
        except KeyError as error:
            raise AttributeError(name) from error


def whole(
    of: Organisation | None = None, mark: str = "", visibility: Visibility = Visibility.PRIVATE
) -> Whole:
    """A round with a chain that is whole, and with all texts ending with the mark."""
    end = f" {mark}" if mark else ""
    seen = {"visibility": visibility}
    round = mapping_round(of, title=f"Rundan{end}", description=f"Varför vi kartlägger{end}",
                          **seen)  # fmt: skip

    def made(model: Any, title: str, **more: Any) -> Any:
        return record(model, round, f"{title}{end}", **{**seen, **more})

    lead = made(Actor, "Bostadsbolaget", kind="municipal_company")
    partner = made(Actor, "Hyresgästerna", kind="association")
    problem = made(
        Problem, "Trångboddheten växer", description=f"Så här är det{end}",
        focus_areas=["housing"], target_groups=[], areas=[REGSO], level="area",
    )  # fmt: skip
    Evidence.objects.create(
        problem=problem, kind="indicator", indicator="low_economic_standard_share",
        area="municipality/2025/9901", period="2023", value=0.173, status="ok", unit="share",
        release="demo", text=f"Siffran visar{end}",
    )  # fmt: skip
    respondent = Respondent.objects.create(
        round=round, code=f"R1{mark}", role=f"Rektor{end}", perspective="professionals"
    )
    interview = record(Interview, round, f"Samtal{end}", respondent=respondent)
    note = InterviewNote.objects.create(
        interview=interview, theme="obstacles", text=f"Det hemliga som sades{end}"
    )
    Evidence.objects.create(problem=problem, kind="interview", note=note)
    Evidence.objects.create(
        problem=problem, kind="document", source=f"Bostadsplanen s. 4{end}",
        text=f"Planen säger{end}",
    )  # fmt: skip
    need = made(
        Need, "Fler stora lägenheter", description=f"Därför behövs de{end}",
        several={"problems": [problem]}, own_control=False, controlled_by=f"Bolaget{end}",
    )  # fmt: skip
    goal = made(
        Goal, "Färre trångbodda", several={"needs": [need]}, area="municipality/2025/9901",
        indicator="low_economic_standard_share", baseline=0.173, target=0.151, unit="share",
        baseline_period="2023", target_year=2029,
    )  # fmt: skip
    intervention = made(
        Intervention, "Bygg ihop lägenheter", several={"goals": [goal], "partners": [partner]},
        kind="operative", level="area", horizon="long_term", lead=lead, areas=[REGSO],
        focus_areas=["housing"], begins=date(2026, 3, 1), ends=date(2028, 9, 30),
        description=f"Vi slår ut väggar{end}", participation="consulted",
        participation_how=f"Möten i trapphusen{end}", afterwards=f"Bolaget tar över{end}",
        displacement=f"Hyrorna kan öka{end}",
    )  # fmt: skip
    Money.objects.create(
        intervention=intervention, source=f"Boverket{end}", amount=1_234_000, status="decided",
        year_from=2026, year_to=2027,
    )  # fmt: skip
    result = made(
        FollowUp, "Efter ett år", intervention=intervention, goal=goal, period="2027",
        value=0.162, value_status="ok", unit="share", due=date(2027, 5, 1), state="approved",
        description=f"Det går åt rätt håll{end}", evidence=f"Enkät till alla{end}",
    )  # fmt: skip
    group = made(CollaborationGroup, "Boendegruppen", mandate=f"Håller ihop arbetet{end}",
                 several={"members": [lead, partner]})  # fmt: skip
    meeting = Meeting.objects.create(
        group=group, held=date(2026, 4, 2), notes=f"Anteckning från mötet{end}"
    )
    Decision.objects.create(
        meeting=meeting, text=f"Börja på Hamngatan{end}", state="done", became=f"Klart i maj{end}",
        intervention=intervention,
    )  # fmt: skip
    return Whole(round, {
        "lead": lead, "partner": partner, "problem": problem, "need": need, "goal": goal,
        "intervention": intervention, "result": result, "group": group, "interview": interview,
    })  # fmt: skip
