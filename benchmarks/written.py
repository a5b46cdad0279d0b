"""What many organisations would have written, made up at once: `work.py` asks for it.

    python -m benchmarks.written 500 200000 50

fills the database that SAMSYN_DATABASE names, and prints as JSON who can work in it: sessions of
people who are logged in, each with the records of an organisation, and the addresses of lists.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

ROUND = 0.002  # shares of the records
SHARES = {
    "aktor": 0.15, "problem": 0.2, "behov": 0.2, "mal": 0.15, "insats": 0.18, "uppfoljning": 0.12,
}  # fmt: skip
LARGEST = 0.1  # of all records are one organisation's
SHARING = 300  # organisations that share all they have with the largest
BATCH = 2_000
WORDS = [
    "barn", "unga", "skola", "bostad", "trygghet", "arbete", "förening", "samverkan", "språk",
    "hälsa", "fritid", "föräldrar", "lärare", "socialtjänst", "område", "resultat", "behörighet",
]  # fmt: skip


def main(organisations: int, records: int, people: int) -> dict[str, Any]:
    """Fill the database; who can work, and what they can ask for."""
    import django

    django.setup()
    from django.db import connection

    from samsyn.people.models import Account, Membership, Organisation, Role, Standing

    draw = random.Random(2018)
    made = Organisation.objects.bulk_create([
        Organisation(name=f"Kommun {at:03}", slug=f"kommun-{at:03}", kind="municipality",
                     home_area="municipality/9901")
        for at in range(organisations)
    ])  # fmt: skip
    Organisation.history.bulk_history_create(made)
    accounts = Account.objects.bulk_create([
        Account(email=f"person{at}@example.org", name=f"Person {at}", password="!")
        for at in range(people)
    ])  # fmt: skip
    keeper = Account.objects.create_user("keeper@example.org", standing=Standing.ADMINISTRATOR)
    # Two in each organisation, none of them in the largest.
    belong = [(one, made[1 + at // 2]) for at, one in enumerate(accounts)]
    belong += [(keeper, made[0]), (keeper, made[1])]
    members = Membership.objects.bulk_create(
        [Membership(account=one, organisation=of, role=Role.LEAD) for one, of in belong]
    )
    Membership.history.bulk_history_create(members)
    author = {of.pk: one for one, of in belong}
    rows = 0
    for at, of in enumerate(made):
        rest = (1 - LARGEST) * records / (organisations - 1)
        rows += _organisation(of, author.get(of.pk, keeper), round(
            LARGEST * records if at == 0 else rest
        ), draw)  # fmt: skip
        if at % 50 == 0:
            print(f"work: {at} organisations", file=sys.stderr, flush=True)
    rows += _share(made[0], made[1 : 1 + SHARING])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0].split()[0]
    total, largest = _totals(made[0])
    return {
        "organisations": organisations, "records": total, "largest": largest, "rows": rows,
        "postgresql": version, "session": _session(keeper),
        "lists": _lists(made[0], made[1]),
        "people": [
            {"session": _session(one), "slug": of.slug, "records": _mine(of, at % 2)}
            for at, (one, of) in enumerate(belong[:people])
        ],
    }  # fmt: skip


def _organisation(of: Any, by: Any, count: int, draw: random.Random) -> int:
    """The records of an organisation, each linked to some before it; the rows that this made."""
    from samsyn.cycle import models

    rows = 0

    def kept(model: Any, several: Iterator[Any]) -> list[Any]:
        nonlocal rows
        found = []
        while batch := list(islice(several, BATCH)):
            found += model.objects.bulk_create(batch)
            model.history.bulk_history_create(batch, default_user=by)
            rows += 2 * len(batch)
        return found

    def linked(model: Any, mine: str, theirs: str, ones: list[Any], others: list[Any]) -> None:
        nonlocal rows
        links = (
            model(**{f"{mine}_id": one.pk, f"{theirs}_id": draw.choice(others).pk}) for one in ones
        )
        while batch := list(islice(links, BATCH)):
            rows += len(model.objects.bulk_create(batch))

    rounds = kept(models.MappingRound, (
        models.MappingRound(
            organisation=of, created_by=by, owner=by, title=f"Kartläggning {2020 + at}",
            place="municipality/9901", year_from=2020 + at, year_to=2021 + at,
        )
        for at in range(max(1, round(count * ROUND)))
    ))  # fmt: skip

    def many(word: str, model: Any, **more: Any) -> list[Any]:
        return kept(model, (
            model(
                organisation=of, created_by=by, owner=by, round=draw.choice(rounds),
                title=_words(draw, 5), description=_words(draw, 40), **more,
            )
            for _ in range(round(count * SHARES[word]))
        ))  # fmt: skip

    actors = many("aktor", models.Actor, kind="association")
    problems = many("problem", models.Problem, focus_areas=["housing"], target_groups=[])
    needs = many("behov", models.Need, kind="operative")
    goals = many("mal", models.Goal)
    done = many(
        "insats", models.Intervention, kind="activity", level="group", horizon="short",
        focus_areas=["housing"], lead=actors[0],
    )  # fmt: skip
    linked(models.Need.problems.through, "need", "problem", needs, problems)
    linked(models.Goal.needs.through, "goal", "need", goals, needs)
    linked(models.Intervention.goals.through, "intervention", "goal", done, goals)
    kept(models.FollowUp, (
        models.FollowUp(
            organisation=of, created_by=by, owner=by, round=one.round, title=_words(draw, 4),
            intervention=one,
        )
        for one in islice(done * 2, round(count * SHARES["uppfoljning"]))
    ))  # fmt: skip
    return rows


def _share(other: Any, organisations: list[Any]) -> int:
    """Let an organisation see all that others have written; the rows that this made."""
    rows = 0
    for model in _kinds().values():
        there = model.objects.filter(organisation__in=organisations)
        there.update(visibility="shared")
        link, own = model.shared_with.through, f"{model._meta.model_name}_id"
        keys = there.order_by().values_list("pk", flat=True)
        links = (link(**{own: key, "organisation_id": other.pk}) for key in keys)
        while batch := list(islice(links, BATCH)):
            rows += len(link.objects.bulk_create(batch))
    return rows


def _words(draw: random.Random, count: int) -> str:
    return " ".join(draw.choices(WORDS, k=count)).capitalize()


def _kinds() -> dict[str, Any]:
    from samsyn.people.kinds import kinds

    return {word: kind.model for word, kind in kinds().items()}


def _totals(largest: Any) -> tuple[int, int]:
    models = _kinds().values()
    return (
        sum(model.objects.count() for model in models),
        sum(model.objects.of(largest).count() for model in models),
    )


def _lists(*organisations: Any) -> list[str]:
    found = ["/arbete/", "/arbete/administration/"]
    for of in organisations:
        home = f"/arbete/{of.slug}/"
        found += [f"{home}papperskorg/", f"{home}delat/", f"{home}medlemmar/"]
        found += [f"{home}sammanstallning/", f"{home}sammanstallning/fraga/"]
        for word in _kinds():
            path = f"{home}{word}/"
            found += [path, f"{path}?sida=9999", f"{path}?q=trygghet"]
    return found


def _mine(of: Any, half: int) -> dict[str, list[int]]:
    """Records of an organisation that one of its two people opens and changes."""
    found = {}
    for word in SHARES:
        there = _kinds()[word].objects.of(of).order_by("pk")
        found[word] = list(there.values_list("pk", flat=True)[half:100:2])
    return found


def _session(account: Any) -> str:
    """The key of a session in which somebody is logged in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    assert session.session_key is not None
    return session.session_key


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:]))))
