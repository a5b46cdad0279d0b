"""Who works with whom, over HTTP: the matrix, one tie, the network, and ties from Excel."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from samsyn.cycle.models import Actor, Tie
from samsyn.people.models import Role, Visibility
from samsyn.people.saving import touch
from tests.cycle.making import mapping_round, record
from tests.people.making import client, member, organisation
from tests.people.workbooks import altered, book, confirmed, faults, sent

pytestmark = pytest.mark.django_db
BASIS = {"": "unknown", "formal": "formal", "personal": "personal"}


class Round:
    """A round with three actors and two ties, and a browser of one who may edit."""

    def __init__(self) -> None:
        self.round = mapping_round()
        self.a = record(Actor, self.round, "Socialtjänsten", kind="municipal_department")
        self.b = record(Actor, self.round, "<b>Polisen</b>", kind="agency")
        self.c = record(Actor, self.round, "Hamnens vänner", kind="association")
        self.d = record(Actor, self.round, "Ensamma företaget", kind="company")
        self.tie(self.a, self.b, basis="formal", quality="4")
        self.tie(self.b, self.c, basis="personal")
        self.browser = client(member("karin", self.round.organisation))
        self.at = self.round.get_absolute_url()
        self.ties = f"{self.at}samverkan/"

    def tie(self, one: Actor, other: Actor, **more) -> Tie:
        return Tie.objects.create(round=self.round, first=one, second=other, **more)

    def cell(self, one: Actor, other: Actor) -> str:
        return f"{self.ties}{one.pk}/{other.pk}/"

    def get(self, address: str) -> str:
        answer = self.browser.get(address)
        assert answer.status_code == 200, address
        return answer.content.decode()


@pytest.fixture
def made():
    return Round()


def test_the_matrix_has_a_cell_for_every_two(made):
    page = made.get(made.ties)
    assert page.count('class="tie-cell none" href') == 8
    assert page.count('class="tie-cell formal" href') == 2
    assert f'id="c-{made.a.pk}-{made.b.pk}"' in page
    assert "Socialtjänsten och Ensamma företaget: ingen samverkan inskriven" in page
    assert "fungerar ganska bra" in page
    assert "&lt;b&gt;Polisen" in page
    assert "<b>Polisen" not in page
    assert "<script>" not in page
    only = made.get(f"{made.ties}?sektor=civil")
    assert only.count('class="tie-cell') == 4  # of the key: one actor meets nobody


def test_a_tie_is_written_changed_and_taken_away(made):
    address = made.cell(made.a, made.c)
    assert "De samverkar" in made.get(address)
    told = {"basis": "informal", "often": "monthly", "quality": "2", "since": "2019", "note": "x"}
    answer = made.browser.post(address, told)
    assert (answer.status_code, answer["Location"].partition("#")[2]) == (
        302, f"c-{made.a.pk}-{made.c.pk}",
    )  # fmt: skip
    tie = Tie.objects.get(first=made.a, second=made.c)
    assert (tie.basis, tie.quality, tie.since) == ("informal", "2", 2019)
    assert tie.history.get().history_user.name == "Karin"
    # The other way round it is the same tie.
    page = made.get(made.cell(made.c, made.a))
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    made.browser.post(made.cell(made.c, made.a), {"basis": "formal", "seen": seen})
    tie.refresh_from_db()
    assert (tie.basis, tie.note) == ("formal", "")
    assert made.browser.post(f"{address}ta-bort/").status_code == 302
    assert not Tie.objects.filter(pk=tie.pk).exists()
    assert Tie.history.filter(id=tie.pk).count() == 3


def test_a_tie_from_the_page_of_an_actor(made):
    page = made.get(made.a.get_absolute_url())
    assert 'id="samverkan"' in page
    assert "beslutad eller avtalad" in page
    chooses = page.partition('name="tie-other"')[2].partition("</select>")[0]
    assert str(made.d) in chooses
    assert "Polisen" not in chooses  # is tied already
    add = f"{made.a.get_absolute_url()}samverkan/"
    answer = made.browser.post(add, {"tie-other": made.d.pk, "tie-basis": "personal"})
    assert answer["Location"] == f"{made.a.get_absolute_url()}#samverkan"
    assert Tie.objects.get(first=made.a, second=made.d).basis == "personal"
    wrong = made.browser.post(add, {"tie-other": "", "tie-note": "det jag skrev"})
    assert wrong.status_code == 400
    assert "det jag skrev" in wrong.content.decode()
    again = made.browser.post(add, {"tie-other": made.b.pk, "tie-basis": "personal"})
    assert again.status_code == 400  # what somebody has written already is shown first
    assert Tie.objects.get(first=made.a, second=made.b).basis == "formal"


def test_what_another_has_written_meanwhile_is_shown_first(made):
    address = made.cell(made.a, made.b)
    seen = re.search(r'name="seen" value="(\d+)"', made.get(address))[1]
    tie = Tie.objects.get(first=made.a, second=made.b)
    tie.often = "weekly"
    tie.save()
    answer = made.browser.post(address, {"basis": "personal", "seen": seen})
    assert answer.status_code == 400
    assert "varje vecka" in answer.content.decode().lower()
    tie.refresh_from_db()
    assert tie.basis == "formal"
    seen = re.search(r'name="seen" value="(\d+)"', answer.content.decode())[1]
    assert made.browser.post(address, {"basis": "personal", "seen": seen}).status_code == 302


@pytest.mark.parametrize("since", ["1850", "2999", "i fjol"])
def test_a_year_that_cannot_be_is_refused(made, since):
    answer = made.browser.post(made.cell(made.a, made.d), {"since": since, "note": "kvar"})
    assert answer.status_code == 400
    assert "kvar" in answer.content.decode()


def test_who_may_write_of_ties(made):
    other = mapping_round(organisation("Annan kommun"))
    theirs = record(Actor, other, "Deras", kind="region")
    assert made.browser.get(made.cell(made.a, theirs)).status_code == 404
    assert made.browser.get(made.cell(made.a, made.a)).status_code == 404
    post = {"tie-other": theirs.pk}
    assert made.browser.post(f"{made.a.get_absolute_url()}samverkan/", post).status_code == 400
    lasse = client(member("lasse", made.round.organisation, Role.READER))
    assert "href" not in re.search(r'<td id="c-[^>]*>(.*?)</td>',
                                   lasse.get(made.ties).content.decode())[1]  # fmt: skip
    assert lasse.get(made.cell(made.a, made.b)).status_code == 404
    assert lasse.post(f"{made.cell(made.a, made.b)}ta-bort/").status_code == 404
    assert lasse.get(f"{made.ties}fran-excel/").status_code == 404
    bo = member("bo", made.round.organisation, Role.CONTRIBUTOR)
    own = record(Actor, made.round, "Bos aktör", by=bo, kind="company")
    assert client(bo).get(made.cell(made.a, made.b)).status_code == 404
    assert client(bo).post(made.cell(made.a, own), {"basis": "formal"}).status_code == 302
    stranger = client(member("eva", organisation("Annan kommun")))
    theirs = f"samverkan/{made.a.pk}/{made.b.pk}/"
    for address in ("samverkan/", "natverk/", "natverk.svg", "natverk.csv", "samverkan.xlsx",
                    "samverkan.csv", "aktorer/", theirs):  # fmt: skip
        assert stranger.get(made.at + address).status_code == 404, address
    assert Tie.objects.count() == 3


def test_outsiders_see_of_a_public_round_what_is_public(made):
    for one in (made.round, made.a, made.b):
        one.visibility = Visibility.PUBLIC
        touch(one)
    for address in ("natverk/", "samverkan/", "aktorer/", "natverk.svg"):
        page = client().get(made.at + address).content.decode()
        assert "Socialtjänsten" in page, address
        assert "Hamnens vänner" not in page, address
    assert client().get(f"{made.at}samverkan.csv").content.decode().count("\n") == 2


def test_the_network_says_who_holds_it_together_and_who_is_alone(made):
    page = made.get(f"{made.at}natverk/")
    assert "går 33 procent genom &lt;b&gt;Polisen&lt;/b&gt;" in page
    alone = page.partition('id="alone"')[2].partition("</section>")[0]
    assert "Ensamma företaget" in alone
    assert "Socialtjänsten" not in alone
    apart = page.partition('id="apart"')[2].partition("</section>")[0]
    assert "Kommun – Civilsamhälle" in apart or "Civilsamhälle – Kommun" in apart
    assert "1 av 2 kontakter" in page
    assert "nätverket är i 2 delar" in page
    svg = ElementTree.fromstring(made.browser.get(f"{made.at}natverk.svg?dark=1").content)
    assert "#15191d" in ElementTree.tostring(svg, "unicode")
    lines = made.browser.get(f"{made.at}natverk.csv").content.decode().splitlines()
    assert lines[1].startswith("<b>Polisen</b>,Stat,2,33.3,Ja,1")


def test_a_network_of_nobody_and_of_one(made):
    for titles in ([], ["Ensam"]):
        empty = mapping_round(made.round.organisation, title="Tom")
        for title in titles:
            record(Actor, empty, title, kind="region")
        for address in ("natverk/", "samverkan/", "aktorer/", "natverk.svg", "samverkan.xlsx"):
            assert made.browser.get(empty.get_absolute_url() + address).status_code == 200


def test_two_rounds_beside_each_other(made):
    later = mapping_round(made.round.organisation, title="Nästa", year_from=2028, year_to=2029)
    a = record(Actor, later, "socialtjänsten", kind="municipal_department")
    b = record(Actor, later, "<b>Polisen</b>", kind="agency")
    e = record(Actor, later, "Ny aktör", kind="company")
    Tie.objects.create(round=later, first=b, second=e)
    del a
    page = made.get(f"{made.at}natverk/?jamfor={later.pk}")
    said = page.partition('id="jamfor"')[2]
    assert "Från Kartläggning 2026 till Nästa" in said
    assert "Socialtjänsten – &lt;b&gt;Polisen&lt;/b&gt;" in said
    assert "Ny aktör" in said
    foreign = mapping_round(organisation("Annan kommun"), title="Deras")
    assert "Deras" not in made.get(f"{made.at}natverk/?jamfor={foreign.pk}")


def test_actors_by_sector_kind_and_word(made):
    page = made.get(f"{made.at}aktorer/")
    assert page.count('<th scope="row">') == 4
    assert made.get(f"{made.at}aktorer/?sektor=state").count('<th scope="row">') == 1
    assert made.get(f"{made.at}aktorer/?slag=association&q=hamnen").count('<th scope="row">') == 1
    assert "Ingen aktör stämmer" in made.get(f"{made.at}aktorer/?q=finns+inte")


# --- Excel ---

HEAD = ["En aktör", "Samverkar med", "Vilar på", "Hur väl det fungerar", "Sedan år"]


def test_ties_come_back_as_they_went_out(made):
    for form in ("xlsx", "csv"):
        raw = made.browser.get(f"{made.at}samverkan.{form}").content
        plan = sent(made.browser, f"{made.ties}fran-excel/", raw, f"x.{form}").context["plan"]
        assert (len(plan.new), len(plan.changed), len(plan.same), plan.faults) == (0, 0, 2, [])


def test_ties_from_excel_are_new_changed_or_as_they_were(made):
    address = f"{made.ties}fran-excel/"
    raw = book(
        HEAD,
        ["hamnens  vänner", "Socialtjänsten", "Beroende av enskilda personer", None, 2020],
        ["<b>Polisen</b>", "Socialtjänsten", "Beslutad eller avtalad", "Mycket bra", None],
        sheet="Samverkan",
    )
    answer = sent(made.browser, address, raw)
    plan = answer.context["plan"]
    assert not plan.faults
    assert (len(plan.new), len(plan.changed)) == (1, 1)
    assert [(c.before, c.after) for c in plan.changed[0].changes] == [("Ganska bra", "Mycket bra")]
    assert confirmed(made.browser, address, answer).status_code == 302
    tie = Tie.objects.get(first=made.a, second=made.c)
    assert (tie.basis, tie.since) == ("personal", 2020)
    assert len(sent(made.browser, address, raw).context["plan"].same) == 2
    pasted = made.browser.post(address, {"rows": "Ensamma företaget\tSocialtjänsten"})
    assert len(pasted.context["plan"].new) == 1


def test_ties_that_cannot_be_say_which_cell(made):
    rows = [
        ["Socialtjänst", "<b>Polisen</b>"],
        ["Socialtjänsten", "Socialtjänsten"],
        ["Socialtjänsten", "<b>Polisen</b>"],
        ["<b>Polisen</b>", "Socialtjänsten"],
        ["Socialtjänsten", None],
        ["Socialtjänsten", "Hamnens vänner", None, None, "1850"],
    ]
    answer = sent(made.browser, f"{made.ties}fran-excel/", book(HEAD, *rows, sheet="Samverkan"))
    told = faults(answer)
    assert list(told) == ["A2", "B3", "B5", "B6", "E7"]
    assert "Menar du ”Socialtjänsten”" in told["A2"]
    assert "rad 4" in told["B5"]
    assert Tie.objects.count() == 2


def test_the_template_of_ties_lists_the_actors(made):
    import io

    import openpyxl

    raw = made.browser.get(f"{made.ties}mall.xlsx").content
    told = openpyxl.load_workbook(io.BytesIO(raw))
    names = {cell.value for cell in told.worksheets[2]["A"]}
    assert {"Socialtjänsten", "Hamnens vänner"} <= names
    filled = altered(raw, lambda wb: wb.worksheets[1].append(["Socialtjänsten", "Hamnens vänner"]))
    plan = sent(made.browser, f"{made.ties}fran-excel/", filled).context["plan"]
    assert len(plan.new) == 1
