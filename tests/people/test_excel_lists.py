"""Lists out and in over HTTP: what comes back is what went out, and all is kept or nothing."""

from __future__ import annotations

import pytest

from samsyn.cycle.models import Actor, Need, Problem
from samsyn.people.kinds import kinds
from samsyn.people.models import Role
from samsyn.people.saving import change
from tests.cycle.making import mapping_round, record
from tests.people.making import client, member, organisation
from tests.people.workbooks import altered, book, confirmed, faults, sent, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_site")]
ODD = '=HYPERLINK("http://x.example")'
PLACE = "/arbete/vattstads-kommun/"
ACTORS = f"{PLACE}aktor/fran-excel/"
HEAD = ["Namn *", "Slag *", "Vad gör aktören?", "Fokusområden"]


@pytest.fixture
def own():
    return mapping_round()


@pytest.fixture
def editor(own):
    return client(member("karin", own.organisation))


def exported(browser, word: str, form: str = "xlsx") -> bytes:
    answer = browser.get(f"{PLACE}{word}.{form}")
    assert answer.status_code == 200, word
    return answer.content


def counts(answer) -> tuple[int, int, int]:
    plan = answer.context["plan"]
    assert not plan.faults, plan.faults
    return len(plan.new), len(plan.changed), len(plan.same)


def cell_of(made, title: str, row: int):
    """The cell of a column by its title, in the sheet of the list."""
    page = made.worksheets[1]
    at = next(cell.column for cell in page[1] if str(cell.value).rstrip(" *") == title)
    return page.cell(row, at)


def written(title: str, text: str, row: int = 2):
    """What somebody does who writes that in a cell."""

    def write(made):
        cell_of(made, title, row).value = text

    return write


def some_of(own):
    actor = record(
        Actor, own, ODD, kind="association", description="rad 1\r\nrad 2; +46 åäö",
        focus_areas=["housing", "education"], areas=["regso/2025/9901R001"],
    )  # fmt: skip
    problem = record(Problem, own, "-1 problem", level="area", focus_areas=["housing"])
    record(Need, own, "Behov", several={"problems": [problem]}, own_control=False)
    return actor


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("word", ["aktor", "problem", "behov"])
def test_what_was_taken_out_changes_nothing_when_it_is_read(own, editor, word, form):
    some_of(own)
    raw = exported(editor, word, form)
    answer = sent(editor, f"{PLACE}{word}/fran-excel/", raw, f"lista.{form}")
    assert counts(answer) == (0, 0, 1)
    assert not answer.context["read"]
    assert "Ingenting att ändra" in answer.content.decode()


def test_every_kind_has_a_template_and_a_list(own, editor):
    for word, kind in kinds().items():
        answer = editor.get(f"{PLACE}{word}/mall.xlsx")
        assert answer.status_code == 200, word
        about = sheet_of(answer.content, 0)
        titles = [row[0] for row in about if row[0]]
        form_titles = sheet_of(answer.content, 1)[0]
        assert form_titles[-2:] == ("id", "version")
        assert {str(title).rstrip(" *") for title in form_titles} <= set(titles)
        assert kind.plural.capitalize() in titles[0]
        for form in ("xlsx", "csv"):
            exported(editor, word, form)
        assert editor.get(f"{PLACE}{word}/fran-excel/").status_code == 200


def test_cells_of_the_template_validate_in_excel_itself(own, editor):
    from io import BytesIO

    import openpyxl

    made = openpyxl.load_workbook(BytesIO(editor.get(f"{PLACE}insats/mall.xlsx").content))
    page = made.worksheets[1]
    rules = {str(one.sqref).partition("2:")[0]: one for one in page.data_validations.dataValidation}
    by_title = {str(cell.value).rstrip(" *"): rules.get(cell.column_letter) for cell in page[1]}
    kind, begins, areas = by_title["Slag"], by_title["Börjar"], by_title["Fokusområden"]
    assert kind.type == "list"
    assert kind.showErrorMessage
    sheet, _mark, cells = kind.formula1.lstrip("=").replace("'", "").partition("!")
    listed = [row[0].value for row in made[sheet][cells.replace("$", "")]]
    assert "Samverkan inom verksamheten" in listed
    assert begins.type == "date"
    assert areas.type == "list"
    assert not areas.showErrorMessage  # several can be written in a cell
    assert by_title["id"].type == "whole"


def test_text_is_never_a_formula_in_what_is_taken_out(own, editor):
    some_of(own)
    seen = []
    altered(exported(editor, "aktor"), lambda made: seen.append(cell_of(made, "Namn", 2)))
    assert (seen[0].value, seen[0].data_type) == (ODD, "s")
    line = exported(editor, "aktor", "csv").decode().splitlines()[1]
    assert line.startswith("\"'=HYPERLINK")


def test_the_same_file_twice_changes_nothing(own, editor):
    raw = book(
        HEAD,
        ["0123 Hamnen", "Ideell förening", "Två\nrader", label("housing")],
        ["Polisen", "agency", None, f"{label('education')}; {label('housing')}"],
    )
    answer = sent(editor, ACTORS, raw)
    assert counts(answer) == (2, 0, 0)
    assert not Actor.objects.exists()
    answer = confirmed(editor, ACTORS, answer)
    assert answer.status_code == 302
    actors = {one.title: one for one in Actor.objects.all()}
    assert set(actors) == {"0123 Hamnen", "Polisen"}
    assert actors["Polisen"].focus_areas == ["housing", "education"]
    assert actors["0123 Hamnen"].description == "Två\nrader"
    assert actors["0123 Hamnen"].created_by.name == "Karin"
    assert actors["0123 Hamnen"].round == own
    assert counts(sent(editor, ACTORS, raw)) == (0, 0, 2)
    assert counts(sent(editor, ACTORS, exported(editor, "aktor"))) == (0, 0, 2)


def label(code: str) -> str:
    from samsyn.people.fields import label as of

    return of("focus_area", code)


def test_a_row_with_an_id_is_changed_and_its_history_kept(own, editor):
    actor = some_of(own)
    raw = altered(exported(editor, "aktor"), written("Namn", "Hamnens vänner"))
    answer = sent(editor, ACTORS, raw)
    assert counts(answer) == (0, 1, 0)
    assert "Hamnens vänner" in answer.content.decode()
    assert confirmed(editor, ACTORS, answer).status_code == 302
    actor.refresh_from_db()
    assert (actor.title, actor.version) == ("Hamnens vänner", 2)
    assert actor.description == "rad 1\r\nrad 2; +46 åäö"  # as it was, to the letter
    assert actor.history.latest().history_user.name == "Karin"


def test_what_another_has_changed_meanwhile_stays(own, editor):
    actor = some_of(own)
    raw = altered(exported(editor, "aktor"), written("Namn", "Mitt namn"))
    change(actor, {"description": "deras text"}, 1)
    answer = sent(editor, ACTORS, raw)
    assert counts(answer) == (0, 1, 0)
    confirmed(editor, ACTORS, answer)
    actor.refresh_from_db()
    assert (actor.title, actor.description) == ("Mitt namn", "deras text")


def test_the_same_cell_that_another_has_changed_is_told(own, editor):
    actor = some_of(own)
    raw = altered(exported(editor, "aktor"), written("Namn", "Mitt namn"))
    change(actor, {"title": "Deras namn"}, 1)
    answer = sent(editor, ACTORS, raw)
    assert answer.status_code == 400
    assert "Deras namn" in faults(answer)["A2"]


def test_what_happens_before_it_is_confirmed_is_shown_again(own, editor):
    actor = some_of(own)
    answer = sent(editor, ACTORS, altered(exported(editor, "aktor"), written("Namn", "Mitt")))
    change(actor, {"title": "Deras"}, 1)
    again = confirmed(editor, ACTORS, answer)
    assert again.status_code == 400
    actor.refresh_from_db()
    assert actor.title == "Deras"


def test_a_row_of_the_same_name_without_an_id_is_that_record(own, editor):
    areas = ["housing", "education"]
    record(Actor, own, "Hamnens vänner", kind="association", focus_areas=areas)
    answer = sent(editor, ACTORS, book(HEAD, ["HAMNENS  vänner", "Stiftelse", None, None]))
    assert counts(answer) == (0, 1, 0)
    confirmed(editor, ACTORS, answer)
    actor = Actor.objects.get()
    assert (actor.kind, actor.focus_areas) == ("foundation", ["housing", "education"])
    record(Actor, own, actor.title, kind="company")
    answer = sent(editor, ACTORS, book(HEAD, [actor.title, "Kommun", None, None]))
    assert "Flera poster heter så" in faults(answer)["A2"]


def test_nothing_is_kept_where_one_cell_is_wrong(own, editor):
    rows = [[f"Aktör {at}", "Företag", None, None] for at in range(5)]
    rows[3][1] = "Företagg"
    answer = sent(editor, ACTORS, book(HEAD, *rows))
    assert faults(answer) == {"B5": "”Företagg” finns inte i listan. Menar du ”Företag”?"}
    page = answer.content.decode()
    assert "En cell behöver rättas" in page
    assert not answer.context["read"]
    assert not Actor.objects.exists()


def test_odd_files_say_what_to_do(own, editor):
    def told(raw: bytes, name: str = "lista.xlsx") -> str:
        answer = sent(editor, ACTORS, raw, name)
        assert answer.status_code == 400
        return answer.context["error"]

    assert "bland dem ”Namn”" in told(book(["Något", "annat"], sheet="Fel blad", Tom=[["x"]]))
    assert "saknas i ”Aktörer”" in told(book(["Slag", "Vad gör aktören?"], ["Kommun", "x"]))
    assert "inga rader" in told(book(HEAD))
    assert "ingen Excel-arbetsbok" in told(b"hej", "lista.xlsx")
    merged = altered(
        book(HEAD, ["A", "Kommun"], ["B", None]),
        lambda made: made.active.merge_cells("B2:B3"),
    )
    answer = sent(editor, ACTORS, merged)
    assert {"B2", "B3"} <= set(faults(answer))
    assert "B2:B3 är sammanfogade" in faults(answer)["B2"]
    twice = book([*HEAD, "Namn"], ["A", "Kommun", None, None, "B"])
    assert "står flera gånger i ”Aktörer”, rad 1: A, E" in told(twice)
    formula = book(HEAD, ["=A9", "Kommun", None, None])
    assert "Formeln" in faults(sent(editor, ACTORS, formula))["A2"]


def test_the_list_is_found_in_another_sheet_and_below_a_heading(own, editor):
    raw = book(["Våra aktörer 2026"], [], HEAD, ["Polisen", "Myndighet"], sheet="Bladet",
               Annat=[["Hej"]])  # fmt: skip
    assert counts(sent(editor, ACTORS, raw)) == (1, 0, 0)


def test_hidden_sheets_are_not_read(own, editor):
    def hide(made):
        made["Gammalt"].sheet_state = "veryHidden"

    raw = book(HEAD, ["Polisen", "Myndighet"], Gammalt=[HEAD, ["Gamla polisen", "Myndighet"]])
    plan = sent(editor, ACTORS, altered(raw, hide)).context["plan"]
    assert [row.name for row in plan.rows] == ["Polisen"]
    raw = book(["Annat"], ["x"], Gammalt=[HEAD, ["Gamla polisen", "Myndighet"]])
    answer = sent(editor, "/en" + ACTORS, altered(raw, hide))
    assert "Hidden sheets are not read" in answer.context["error"]
    assert "“Aktörer”" in answer.context["error"]


def test_new_rows_go_to_the_round_that_is_chosen(own, editor):
    newer = mapping_round(title="Kartläggning 2027")
    closed = mapping_round(title="Avslutad", closed="2026-01-01")
    page = editor.get(ACTORS)
    assert [one for one, _template in page.context["offer"].into.offered] == [newer, own]
    assert page.context["offer"].into.chosen == newer
    template = f"{PLACE}aktor/mall.xlsx?kartlaggning={own.pk}"
    assert template in page.content.decode()
    told = {"rows": "Polisen\tMyndighet", "kartlaggning": own.pk}
    answer = editor.post(ACTORS, told)
    read = {"read": answer.context["read"]}
    # A round that nobody has seen is not where they are kept.
    again = editor.post(ACTORS, read | {"kartlaggning": newer.pk})
    assert again.context["moved"]
    assert not Actor.objects.exists()
    assert f'name="kartlaggning" value="{own.pk}"' in answer.content.decode()
    assert editor.post(ACTORS, read | {"kartlaggning": own.pk}).status_code == 302
    assert Actor.objects.get().round == own
    offered = editor.get(f"{ACTORS}?kartlaggning={closed.pk}").context["offer"].into
    assert offered.chosen == closed
    assert closed in [one for one, _template in offered.offered]


def test_what_is_confirmed_twice_is_kept_once(own, editor):
    answer = editor.post(ACTORS, {"rows": "Polisen\tMyndighet"})
    confirmed(editor, ACTORS, answer)
    again = confirmed(editor, ACTORS, answer)
    assert again.status_code == 200
    assert "Ingenting att ändra" in again.content.decode()
    assert Actor.objects.count() == 1


def test_a_file_that_is_too_large_says_so(own, editor):
    answer = sent(editor, ACTORS, b"x" * 8_000_001, "x.csv")
    assert "högst 8 MB" in answer.context["error"]
    assert "välj en fil" in editor.post(ACTORS, {"from": "file"}).context["error"]


def test_titles_and_labels_are_read_in_english_too(own, editor):
    raw = book(["title", "kind", "Egen kolumn"], ["Polisen", "Agency", "x"])
    answer = sent(editor, "/en" + ACTORS, raw)
    assert counts(answer) == (1, 0, 0)
    assert "C: Egen kolumn" in answer.content.decode()


def test_pasted_rows_need_no_titles(own, editor):
    answer = editor.post(ACTORS, {"rows": "Polisen\tMyndighet\tOrdning\nSkolan\tKommun"})
    assert counts(answer) == (2, 0, 0)
    assert confirmed(editor, ACTORS, answer).status_code == 302
    told = set(Actor.objects.values_list("title", "kind"))
    assert told == {("Polisen", "agency"), ("Skolan", "municipality")}
    answer = editor.post(ACTORS, {"rows": "Polisen\tMyndighet\tOrdning\tX\tY\tZ"})
    assert answer.status_code == 400
    assert "Polisen\tMyndighet" in answer.content.decode()  # what was pasted is still there


def test_yes_and_no_and_links_to_other_records(own, editor):
    record(Problem, own, "Trångt")
    address = f"{PLACE}behov/fran-excel/"
    titles = sheet_of(editor.get(f"{PLACE}behov/mall.xlsx").content, 1)[0]
    by = {str(title).rstrip(" *"): at for at, title in enumerate(titles)}
    row = [None] * len(titles)
    problems = next(at for title, at in by.items() if "problem" in title)
    control = next(at for title, at in by.items() if "råder" in title)
    kind = next(at for title, at in by.items() if title.startswith("Slag"))
    first, second = list(row), list(row)
    first[0], first[problems], first[control], first[kind] = "Ett", "trångt", "Nej", "Operativt"
    second[0], second[kind] = "Två", "Operativt"
    answer = sent(editor, address, book(list(titles), first, second, sheet="Behov"))
    assert counts(answer) == (2, 0, 0)
    confirmed(editor, address, answer)
    one, two = Need.objects.order_by("title")
    assert (one.own_control, [p.title for p in one.problems.all()]) == (False, ["Trångt"])
    assert two.own_control  # nothing was said, so it is as usual


@pytest.mark.parametrize("key", ["999999", "{theirs}", "{removed}"])
def test_ids_of_others_and_of_what_is_gone_are_refused(own, editor, key):
    theirs = record(Actor, mapping_round(organisation("Annan kommun")), "Deras", kind="region")
    gone = record(Actor, own, "Borta", kind="region")
    Actor.objects.filter(pk=gone.pk).update(removed=gone.created)
    key = key.format(theirs=theirs.pk, removed=gone.pk)
    answer = sent(editor, ACTORS, book([*HEAD[:2], "id", "version"], ["Nytt", "Kommun", key, 1]))
    assert list(faults(answer)) == ["C2"]
    assert "ingen post med id" in faults(answer)["C2"]
    assert Actor.objects.get(pk=theirs.pk).title == "Deras"


def test_versions_must_be_told_and_have_been(own, editor):
    actor = some_of(own)
    for version, says in ((None, "Versionen saknas"), (7, "aldrig haft")):
        raw = book([*HEAD[:2], "id", "version"], ["Nytt", "Kommun", actor.pk, version])
        assert says in faults(sent(editor, ACTORS, raw))["D2"]
    raw = book([*HEAD[:2], "id", "version"], *[["Nytt", "Kommun", actor.pk, 1]] * 2)
    assert "flera rader" in faults(sent(editor, ACTORS, raw))["C2"]


def test_who_may_read_and_write_lists(own):
    actor = some_of(own)
    reader = client(member("lasse", own.organisation, Role.READER))
    raw = exported(reader, "aktor")
    assert sent(reader, ACTORS, raw).status_code == 404
    assert reader.get(f"{PLACE}aktor/mall.xlsx").status_code == 404
    contributor = client(member("bo", own.organisation, Role.CONTRIBUTOR))
    assert counts(sent(contributor, ACTORS, raw)) == (0, 0, 1)
    answer = sent(contributor, ACTORS, altered(raw, written("Namn", "Kapat")))
    assert "får inte ändra" in faults(answer)[f"{key_column(raw)}2"]
    stranger = client(member("eva", organisation("Annan kommun")))
    for address in ("aktor.xlsx", "aktor.csv", "aktor/mall.xlsx", "aktor/fran-excel/"):
        assert stranger.get(PLACE + address).status_code == 404
        assert client().get(PLACE + address).status_code == 302
    actor.refresh_from_db()
    assert actor.title == ODD


def key_column(raw: bytes) -> str:
    from samsyn.statistics.sources.cells import letters

    return letters(sheet_of(raw, 1)[0].index("id"))


def test_what_was_read_for_one_is_not_kept_by_another_nor_when_it_is_altered(own, editor):
    answer = sent(editor, ACTORS, book(HEAD, ["Polisen", "Myndighet"]))
    other = client(member("eva", own.organisation))
    assert confirmed(other, ACTORS, answer).status_code == 400
    assert editor.post(ACTORS, {"read": answer.context["read"][:-2] + "xx"}).status_code == 400
    assert (
        editor.post(f"{PLACE}problem/fran-excel/", {"read": answer.context["read"]}).status_code
        == 400
    )
    assert not Actor.objects.exists()


def test_long_lists_are_read(own, editor):
    rows = [[f"Aktör {at}", "Företag", f"Gör {at}", None] for at in range(5_001)]
    answer = sent(editor, ACTORS, book(HEAD, *rows))
    assert "Högst 5000 kan läsas åt gången" in answer.context["error"]


def test_before_there_is_a_round_one_is_asked_for():
    own = organisation()
    browser = client(member("karin", own))
    answer = browser.get(ACTORS)
    assert answer.status_code == 302
    assert "/kartlaggning/ny/" in answer["Location"]
