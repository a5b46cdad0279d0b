"""Role by visibility by action, over HTTP: every address of records says what the rule says."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import ModelChoiceField
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from samsyn.cycle.models import Problem
from samsyn.people.access import Action, viewer_of
from samsyn.people.kinds import kinds
from samsyn.people.models import Account, Attachment, Comment, Record, Role, Visibility
from samsyn.people.record_urls import of_record
from tests.cycle.making import mapping_round, record
from tests.people.everything import every_kind
from tests.people.making import account, client, member, organisation

pytestmark = pytest.mark.django_db

# What each address of a record asks for. "talk" is taking part in the talk about it, "member" is
# being one, and "basket" is what can be done with a record that is taken away.
ADDRESSES: dict[str, Action | str] = {
    "record": Action.SEE,
    "edit-record": Action.EDIT,
    "record-history": "member",
    "restore-version": Action.EDIT,
    "record-sharing": Action.SHARE,
    "remove-record": Action.REMOVE,
    "bring-back-record": "basket",
    "comment": Action.COMMENT,
    "remove-comment": "own comment",
    "attach": Action.COMMENT,
    "attachment": "talk",
    "remove-attachment": "own comment",
}
# A form that is sent with nothing in it: refused in words, or taken as nothing to do.
EMPTY: dict[str, dict[str, Any]] = {
    "edit-record": {"title": ""},
    "record-sharing": {"visibility": "-"},
}
CHANGING = {"edit-record", "restore-version", "record-sharing", "comment", "attach"}


def test_every_address_of_records_is_in_the_matrix():
    assert {pattern.name for pattern in of_record} == set(ADDRESSES)


def address(name: str, of: Record, number: int = 1) -> str:
    pattern = next(one for one in of_record if one.name == name)
    more = [number] * (len(pattern.pattern.converters))
    return reverse(name, args=[of.organisation.slug, of.WORD, of.pk, *more])


def expected(asked: Action | str, person: Account | None, of: Record) -> bool:
    who = viewer_of(person)
    if isinstance(asked, Action):
        return who.may(asked, of)
    if asked == "talk":
        return who.hears(of)
    if asked == "member":
        return who.has(of.organisation, Role.READER)
    return asked == "own comment" and who.has(of.organisation, Role.LEAD)


@pytest.fixture
def there(settings, tmp_path):
    """A problem with a comment and a file beside it."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        },
    }
    made = record(Problem, mapping_round(), by=account("karin"))
    made.shared_with.add(organisation("Lundby förening", "association"))
    other = account("olle")
    Comment.objects.create(pk=1, record=made, account=other, text="Så är det")
    file = Attachment(
        pk=1, record=made, account=other, name="a.txt", media_type="text/plain", size=1
    )
    file.file.save("a.txt", SimpleUploadedFile("a.txt", b"a"))
    return made


def people() -> dict[str, Account | None]:
    """Everybody there can be: nobody, a stranger, and each role here and where it is shared."""
    found: dict[str, Account | None] = {"nobody": None}
    found["stranger"] = member("stranger", organisation("Främlingarna", "association"), Role.LEAD)
    found["administrator"] = account("administrator", standing="administrator")
    for role in Role:
        found[role] = member(role, organisation(), role)
    for role in (Role.READER, Role.CONTRIBUTOR, Role.LEAD):
        theirs = f"their-{role}"
        found[theirs] = member(theirs, organisation("Lundby förening", "association"), role)
    found["author"] = member("karin", organisation(), Role.CONTRIBUTOR)
    return found


@pytest.mark.parametrize("visibility", Visibility)
def test_each_address_opens_for_whom_the_rule_says(there, visibility):
    there.visibility = visibility
    there.save()
    for (name, person), asked in itertools.product(people().items(), ADDRESSES):
        browser = client(person)
        may = expected(ADDRESSES[asked], person, there)
        for method in ("get", "post") if asked in CHANGING else ("get",):
            told = EMPTY.get(asked, {}) if method == "post" else {}
            answer = getattr(browser, method)(address(asked, there), told)
            answer.close()
            got = answer.status_code
            if may:
                assert got in {200, 302, 400}, (name, asked, method)
                assert "logga-in" not in answer.headers.get("Location", ""), (name, asked)
            elif person is None:
                assert "logga-in" in answer.headers["Location"], (asked, method)
            else:
                assert got == 404, (name, asked, method)
    there.refresh_from_db()
    assert there.version == 1
    assert Comment.objects.count() == 1


def test_what_is_taken_away_is_nowhere_but_in_the_basket(there):
    everybody = people()
    for name in ("nobody", "stranger", Role.READER, Role.CONTRIBUTOR, "author", Role.EDITOR):
        person = everybody[name]
        may = viewer_of(person).may(Action.REMOVE, there)
        there.removed = "2026-01-01T00:00Z"
        there.save()
        for asked in set(ADDRESSES) - {"bring-back-record"}:
            answer = client(person).get(address(asked, there))
            assert answer.status_code == (302 if person is None else 404), (name, asked)
        client(person).post(address("bring-back-record", there))
        there.refresh_from_db()
        assert (there.removed is None) == may, name


@pytest.mark.parametrize("word", list(kinds()))
def test_every_kind_asks_the_rule(word, demo_site):
    reader = client(member("rut", organisation(), Role.READER))
    stranger = client(member("stig", organisation("Främlingarna", "association"), Role.LEAD))
    made = every_kind(organisation(), account("karin"))[word]
    for asked, action in ADDRESSES.items():
        assert stranger.get(address(asked, made)).status_code == 404, asked
        if action in (Action.SEE, "member"):
            assert reader.get(address(asked, made)).status_code == 200, asked
        else:
            assert reader.get(address(asked, made)).status_code == 404, asked
        for browser in (reader, stranger):
            assert browser.post(address(asked, made), {}).status_code in {404, 405, 200}, asked
    slug = organisation().slug
    assert reader.get(reverse("records", args=[slug, word])).status_code == 200
    assert stranger.get(reverse("records", args=[slug, word])).status_code == 404
    for browser in (reader, stranger):
        assert browser.get(reverse("new-record", args=[slug, word])).status_code == 404
        assert browser.post(reverse("new-record", args=[slug, word]), {}).status_code == 404


def addresses(found: Any = None, before: str = "") -> list[tuple[str, str, dict[str, Any]]]:
    """All addresses of work, as their pattern, with the converters of what they ask for."""
    rows = []
    for one in found or get_resolver().url_patterns:
        if isinstance(one, URLResolver):
            rows += addresses(one.url_patterns, before + str(one.pattern))
        elif isinstance(one, URLPattern) and (before + str(one.pattern)).startswith("arbete/"):
            whole = before + str(one.pattern)
            rows.append((one.name or whole, whole, converters(whole)))
    return rows


def converters(pattern: str) -> dict[str, str]:
    parts = (part.partition(">")[0] for part in pattern.split("<")[1:])
    return {name: kind for kind, _colon, name in (part.partition(":") for part in parts)}


def filled(pattern: str, asked: dict[str, str], slug: str, number: int, word: str) -> str:
    """An address with an organisation and the number of a row."""
    values = {"slug": slug, "word": word}
    for name, kind in asked.items():
        value = values.get(name, str(number) if kind == "int" else "x")
        pattern = pattern.replace(f"<{kind}:{name}>", value)
    return f"/{pattern}"


FOREIGN = 900_001


def test_ids_of_another_organisation_open_nothing(demo_site):
    own, other = organisation(), organisation("Främlingarna", "association")
    lena = client(member("lena", own, Role.LEAD))
    every_kind(own, account("karin"))
    every_kind(other, account("olle"), first=FOREIGN)
    seen = 0
    for name, pattern, asked in addresses():
        if "slug" not in asked:
            continue
        for word in kinds() if "<slug:word>" in pattern else ["problem"]:
            theirs = filled(pattern, asked, other.slug, FOREIGN, word)
            ways = [theirs]
            if "int" in asked.values():  # their row by one's own organisation
                ways.append(filled(pattern, asked, own.slug, FOREIGN, word))
            for there, method in itertools.product(ways, ("get", "post")):
                answer = getattr(lena, method)(there)
                assert answer.status_code in {404, 405}, (name, there, method, answer.status_code)
                seen += 1
    assert seen > 200


@pytest.mark.parametrize("word", list(kinds()))
def test_forms_link_to_nothing_of_another_organisation(word, demo_site):
    own, other = organisation(), organisation("Främlingarna", "association")
    lena = client(member("lena", own, Role.LEAD))
    every_kind(own, account("karin"))
    foreign = every_kind(other, account("olle"), first=FOREIGN)
    there = reverse("new-record", args=[own.slug, word])
    form = lena.get(there).context["form"]
    links = {
        name: field for name, field in form.fields.items() if isinstance(field, ModelChoiceField)
    }
    told = {
        name: FOREIGN if issubclass(field.queryset.model, Record) else account("olle").pk
        for name, field in links.items()
        if issubclass(field.queryset.model, Record | Account)
    }
    answer = lena.post(there, {"title": "Lånad", **told})
    assert answer.status_code == 400
    assert set(told) <= set(answer.context["form"].errors)
    # Nor does an address bring one in.
    asked = "&".join(f"{name}={value}" for name, value in told.items())
    page = Client.get(lena, f"{there}?{asked}")
    for name in told:
        assert f'value="{FOREIGN}"' not in str(page.context["form"][name]), name
    assert not type(foreign[word]).objects.filter(organisation=own, title="Lånad").exists()
