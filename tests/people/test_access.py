"""Who may do what: the rule for one record and the query for many say the same."""

from __future__ import annotations

import itertools

import pytest

from samsyn.cycle.models import Problem
from samsyn.people.access import NOBODY, Action, viewer_of
from samsyn.people.models import Role, Visibility
from tests.cycle.making import mapping_round, record
from tests.people.making import account, member, organisation

pytestmark = pytest.mark.django_db

ROLES = [None, *Role]
# Who may, among members: the lowest role; and among members of an organisation that it is shared
# with. None where nobody may.
LEAST = {
    Action.SEE: (Role.READER, Role.READER),
    Action.COMMENT: (Role.CONTRIBUTOR, Role.CONTRIBUTOR),
    Action.EDIT: (Role.EDITOR, None),
    Action.REMOVE: (Role.EDITOR, None),
    Action.DECIDE: (Role.LEAD, None),
    Action.SHARE: (Role.LEAD, None),
}


def allowed(role, least) -> bool:
    order = list(Role)
    return role is not None and least is not None and order.index(role) >= order.index(least)


@pytest.mark.parametrize("visibility", Visibility)
@pytest.mark.parametrize("action", Action)
def test_each_role_may_what_the_table_says(action, visibility):
    own, other = organisation(), organisation("Lundby förening", "association")
    problem = record(Problem, mapping_round(own), by=account("karin"), visibility=visibility)
    problem.shared_with.add(other)
    for mine, theirs in itertools.product(ROLES, ROLES):
        person = account(f"{mine}-{theirs}")
        for role, of in ((mine, own), (theirs, other)):
            if role is not None:
                member(f"{mine}-{theirs}", of, role)
        shared = visibility == Visibility.SHARED
        least, at_others = LEAST[action]
        expected = allowed(mine, least) or (shared and allowed(theirs, at_others))
        if action is Action.SEE:
            expected |= visibility == Visibility.PUBLIC
        viewer = viewer_of(person)
        assert viewer.may(action, problem) == expected, (mine, theirs)
        if action is Action.SEE:
            assert Problem.objects.visible_to(viewer).exists() == expected, (mine, theirs)


@pytest.mark.parametrize("visibility", Visibility)
def test_nobody_sees_what_is_public_and_nothing_else(visibility):
    problem = record(Problem, mapping_round(), visibility=visibility)
    public = visibility == Visibility.PUBLIC
    assert Problem.objects.visible_to(NOBODY).exists() == public
    assert {action for action in Action if NOBODY.may(action, problem)} == (
        {Action.SEE} if public else set()
    )


def test_a_contributor_changes_what_is_their_own():
    person, another = (member(name, organisation(), Role.CONTRIBUTOR) for name in ("bo", "eva"))
    problem = record(Problem, mapping_round(), by=person)
    assert viewer_of(person).may(Action.EDIT, problem)
    assert not viewer_of(another).may(Action.EDIT, problem)
    assert not viewer_of(person).may(Action.DECIDE, problem)


def test_a_closed_account_is_nobody():
    person = member("bo", organisation(), Role.LEAD)
    person.is_active = False
    assert viewer_of(person) is NOBODY or viewer_of(person) == NOBODY
