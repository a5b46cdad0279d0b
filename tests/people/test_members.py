"""Who belongs to an organisation: roles, leaving, and that somebody always leads it."""

from __future__ import annotations

import pytest

from samsyn.people.belonging import LastLeadError, change_role, remove
from samsyn.people.models import Membership, Organisation, Role, Standing
from tests.people.making import account, client, member, organisation

pytestmark = pytest.mark.django_db
PAGE = "/arbete/vattstads-kommun/medlemmar/"


def of(name: str) -> Membership:
    return Membership.objects.get(account__email=f"{name}@example.org")


def test_a_member_sees_who_else_there_is():
    member("anna", organisation(), Role.LEAD)
    reader = client(member("bo", organisation(), Role.READER))
    page = reader.get(PAGE).content.decode()
    assert "anna@example.org" in page
    assert "Ansvarig" in page
    assert "bjud-in/" not in page


def test_who_leads_changes_roles():
    anna = member("anna", organisation(), Role.LEAD)
    member("bo", organisation(), Role.READER)
    browser = client(anna)
    assert browser.post(f"{PAGE}{of('bo').pk}/roll/", {"role": "editor"}).url == PAGE
    assert of("bo").role == "editor"
    assert "Bo är nu: Redaktör." in browser.get(PAGE).content.decode()
    assert [one.role for one in of("bo").history.all()] == ["editor", "reader"]
    assert of("bo").history.first().history_user == anna
    browser.post(f"{PAGE}{of('bo').pk}/roll/", {"role": "emperor"})
    assert of("bo").role == "editor"


@pytest.mark.parametrize("role", [None, Role.READER, Role.CONTRIBUTOR, Role.EDITOR])
def test_nobody_else_does(role):
    member("anna", organisation(), Role.LEAD)
    eve = member("eve", organisation(), role) if role else account("eve")
    browser = client(eve)
    for key in Membership.objects.values_list("pk", flat=True):
        assert browser.post(f"{PAGE}{key}/roll/", {"role": "lead"}).status_code == 404
    assert browser.post(f"{PAGE}{of('anna').pk}/ta-bort/").status_code == 404
    assert of("anna").role == "lead"
    assert browser.get("/arbete/vattstads-kommun/installningar/").status_code == 404


def test_who_leads_one_organisation_reaches_nobody_in_another():
    member("anna", organisation(), Role.LEAD)
    member("bo", organisation(), Role.LEAD)
    eve = client(member("eve", organisation("Lundby förening", "association"), Role.LEAD))
    for what, data in (("roll", {"role": "reader"}), ("ta-bort", {})):
        path = f"/arbete/lundby-forening/medlemmar/{of('anna').pk}/{what}/"
        assert eve.post(path, data).status_code == 404
    assert of("anna").role == "lead"


def test_the_last_who_leads_stays():
    anna = member("anna", organisation(), Role.LEAD)
    member("bo", organisation(), Role.EDITOR)
    browser = client(anna)
    browser.post(f"{PAGE}{of('anna').pk}/roll/", {"role": "reader"})
    browser.post(f"{PAGE}{of('anna').pk}/ta-bort/")
    assert of("anna").role == "lead"
    assert "Någon måste vara ansvarig" in browser.get(PAGE).content.decode()


def test_one_whose_account_is_closed_leads_nobody():
    member("anna", organisation(), Role.LEAD)
    bo = member("bo", organisation(), Role.LEAD)
    bo.is_active = False
    bo.save()
    with pytest.raises(LastLeadError):
        change_role(of("anna"), Role.READER)
    remove(of("bo"))
    with pytest.raises(LastLeadError):
        remove(of("anna"))


def test_anybody_leaves_who_does_not_lead_alone():
    member("anna", organisation(), Role.LEAD)
    bo = client(member("bo", organisation(), Role.READER))
    assert bo.post(f"{PAGE}{of('bo').pk}/ta-bort/").url == "/arbete/"
    assert bo.get(PAGE).status_code == 404
    assert not Membership.objects.filter(account__email="bo@example.org").exists()


def test_forms_are_sent_and_never_followed():
    browser = client(member("anna", organisation(), Role.LEAD))
    for what in ("roll", "ta-bort"):
        assert browser.get(f"{PAGE}{of('anna').pk}/{what}/").status_code == 405
    assert browser.get(f"{PAGE}bjud-in/").status_code == 405


def test_an_administrator_helps_an_organisation_that_nobody_leads():
    member("bo", organisation(), Role.EDITOR)
    keeper = client(account("keeper", standing=Standing.ADMINISTRATOR))
    keeper.post(f"{PAGE}{of('bo').pk}/roll/", {"role": "lead"})
    assert of("bo").role == "lead"
    # What it writes is not theirs to see.
    assert keeper.get("/arbete/vattstads-kommun/").status_code == 404


def test_an_officer_has_no_say_in_organisations():
    member("bo", organisation(), Role.LEAD)
    officer = client(account("officer", standing=Standing.OFFICER))
    assert officer.get(PAGE).status_code == 404


SETTINGS = "/arbete/vattstads-kommun/installningar/"
WHOLE = {"name": "Vattstads kommun", "kind": "municipality"}


def test_who_leads_changes_what_the_organisation_is(demo_site):
    demo_site.force_login(member("anna", organisation(), Role.LEAD))
    page = demo_site.get(SETTINGS).content.decode()
    assert 'value="municipality/9901"' in page
    assert '<optgroup label="Län">' in page
    told = {**WHOLE, "name": "Vattstad", "number": "2120001520", "home_area": "municipality/9901"}
    assert demo_site.post(SETTINGS, told).url == SETTINGS
    own = Organisation.objects.get()
    assert (own.name, own.number, own.home_area) == ("Vattstad", "212000-1520", "municipality/9901")
    assert own.slug == "vattstads-kommun"  # addresses that people have kept go on leading there


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("number", "212000-1521"), ("number", "850101-1234"), ("kind", "emperor"),
     ("home_area", "municipality/0000"), ("parent", "999")],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_field(demo_site, field, value):
    demo_site.force_login(member("anna", organisation(), Role.LEAD))
    page = demo_site.post(SETTINGS, {**WHOLE, field: value})
    assert page.status_code == 400
    assert list(page.context["form"].errors) == [field]
    assert Organisation.objects.get().name == "Vattstads kommun"


def test_it_belongs_only_to_what_one_leads_too_and_never_to_itself(demo_site):
    own = organisation()
    led, other = (organisation(name) for name in ("Vattlands region", "Lundby kommun"))
    below = organisation("Socialförvaltningen", parent=own)
    demo_site.force_login(member("anna", own, Role.LEAD))
    for one in (led, below):
        member("anna", one, Role.LEAD)
    choices = set(demo_site.get(SETTINGS).context["form"].fields["parent"].queryset)
    assert choices == {led}
    for wrong in (other, below, own):
        assert demo_site.post(SETTINGS, {**WHOLE, "parent": wrong.pk}).status_code == 400
    assert demo_site.post(SETTINGS, {**WHOLE, "parent": led.pk}).status_code == 302
    own.refresh_from_db()
    assert own.parent == led


def test_a_home_that_the_release_lacks_is_kept(demo_site):
    own = organisation(home_area="municipality/0114")
    demo_site.force_login(member("anna", own, Role.LEAD))
    assert demo_site.post(SETTINGS, {**WHOLE, "home_area": "municipality/0114"}).status_code == 302
