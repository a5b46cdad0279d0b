"""The report of one place: its file, what is said of it, and what is said when it cannot be."""

import io
import json
import os
import re
import shlex
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from samsyn.publish.situation import SECTIONS, Choice

VATTSTAD = "municipality/2025/9901"
SHORT = ["--sections", "summary,areas", "--date", "2026-11-20"]


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def report(samsyn, demo_store, here):
    """Make a report in an empty folder."""
    return lambda *arguments: samsyn("report", *arguments, "--store", demo_store.path)


@pytest.fixture
def no_work(monkeypatch):
    """What is wrong is said before a report is begun."""
    monkeypatch.setattr(
        "samsyn.publish.situation.situation_report", lambda *_: pytest.fail("the work began")
    )


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


def words_of(content, form):
    """What a report says, in any format."""
    if form == "pdf":
        return "\n".join(text_of(content))
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            content = package.read("word/document.xml")
    return re.sub(r"<[^>]+>", "", content.decode())


def pictures_of(content, form):
    """The pictures in a report, as bytes."""
    if form == "html":
        return re.findall(rb"<svg.*?</svg>|data:image/[^\"')]+", content, re.DOTALL)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return [package.read(name) for name in package.namelist() if "/media/" in name]


def test_by_default_a_pdf_named_for_place_and_period(report, here):
    outcome = report("9901", *SHORT)
    assert (outcome.code, outcome.out) == (0, "")
    (file,) = here.iterdir()
    assert file.name == "lagesbild-vattstad-2024.pdf"
    pages = len(pypdfium2.PdfDocument(file))
    said = rf"lagesbild-vattstad-2024\.pdf: {pages} pages, [\d.]+ [kM]B, in [\d.]+ s\.\n"
    assert re.match(said, outcome.err)


@pytest.mark.parametrize("place", ["municipality/9903", VATTSTAD, "hällmora"])
def test_a_place_is_told_as_elsewhere(report, here, place):
    assert report(place, *SHORT, "--period", "2022", "--lang", "en").code == 0
    name = "vattstad" if place == VATTSTAD else "hallmora"
    assert [file.name for file in here.iterdir()] == [f"situation-report-{name}-2022.pdf"]


@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_the_ending_of_the_file_chooses_the_format(report, here, form):
    target = here / f"report.{form}"
    outcome = report("9901", *SHORT, "--output", target)
    assert outcome.code == 0
    assert outcome.err.startswith(f"{target}: ")
    content = target.read_bytes()
    assert content.startswith({"pdf": b"%PDF", "docx": b"PK", "html": b"<!"}[form])
    assert "Vattstad" in words_of(content, form)
    assert list(here.iterdir()) == [target]


def test_the_format_goes_before_the_ending(report, here):
    assert report("9901", *SHORT, "--output", here / "report.bin", "--format", "html").code == 0
    assert (here / "report.bin").read_bytes().startswith(b"<!")
    assert report("9901", *SHORT, "--format", "html").code == 0
    assert (here / "lagesbild-vattstad-2024.html").exists()


def test_the_code_goes_with_a_name_that_several_areas_have(demo_store):
    from samsyn.cli.report_files import file_name
    from samsyn.statistics.query import Release

    release = Release.open(demo_store)
    choice = Choice("", period="2022")
    regso = release.areas("regso/2020").filter(search="hamnen").get_column("area").to_list()
    names = {file_name(release, release.area(key), choice, "pdf") for key in regso}
    assert len(names) == len(regso) > 1
    assert "lagesbild-hamnen-9901r002-2022.pdf" in names
    county = file_name(release, release.area("99"), choice, "pdf")
    assert county == "lagesbild-vattlands-lan-pahittat-2022.pdf"


def test_sections_and_language(report, here):
    target = here / "report.html"
    assert report("9901", "--sections", "housing", "--lang", "en", "-o", target).code == 0
    english = words_of(target.read_bytes(), "html")
    assert report("9901", "--sections", "housing", "-o", target).code == 0
    swedish = words_of(target.read_bytes(), "html")
    assert SECTIONS["housing"]["en"] in english
    assert SECTIONS["crime"]["en"] not in english
    assert SECTIONS["housing"]["sv"] in swedish


def test_that_places_are_made_up_is_said(report):
    outcome = report("9901", *SHORT)
    assert "\nNote: " in outcome.err


def test_a_period_without_figures_gives_the_report_that_is_possible_and_says_so(report, here):
    outcome = report("9901", *SHORT, "--period", "2031", "--lang", "en", "-o", here / "a.html")
    assert outcome.code == 0
    said = "No figures are from 2031. The newest shown are from 2024."
    assert said in outcome.err
    assert said in words_of((here / "a.html").read_bytes(), "html")


def test_a_period_before_all_figures_gives_a_report_that_says_so(report, here):
    outcome = report("9901", "--period", "1999", "--lang", "en", "-o", here / "a.html")
    assert outcome.code == 0
    said = "The release has no figures on Vattstad up to 1999."
    assert said in outcome.err
    words = words_of((here / "a.html").read_bytes(), "html")
    assert said in words
    assert "2024" not in words.replace("2024-", "")


def test_own_texts_stand_in_it_with_their_author(report, here):
    own = here / "own.json"
    own.write_text('\ufeff{"areas": "Vi ser att hamnen växer."}', encoding="utf-8")
    target = here / "report.html"
    outcome = report("9901", *SHORT, "--text", own, "--author", "Vattstads kommun", "-o", target)
    assert outcome.code == 0
    words = words_of(target.read_bytes(), "html")
    assert "Vi ser att hamnen växer." in words
    assert "Vattstads kommun" in words


@pytest.mark.parametrize(("form", "parts"), [("pdf", []), ("docx", SHORT[:2])])
def test_the_same_options_give_the_same_bytes_in_any_process(demo_store, here, form, parts):
    made = []
    for seed in ("1", "2"):
        target = here / f"{seed}.{form}"
        command = [
            Path(sys.executable).with_name("samsyn"),
            "report",
            "9902",
            *parts,
            "--date",
            "2026-11-20",
        ]
        subprocess.run(
            [*command, "--output", target, "--store", demo_store.path],
            env=os.environ | {"PYTHONHASHSEED": seed}, check=True, capture_output=True,
        )  # fmt: skip
        made.append(target.read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_another_day_changes_the_date_only(report, here, form):
    made = []
    for day in ("2026-11-20", "2026-11-21"):
        target = here / f"{day}.{form}"
        sections = ["--sections", "summary,areas,evenness"]
        assert report("9902", *sections, "--date", day, "--output", target).code == 0
        made.append(target.read_bytes())
    days = r"2026-11-2\d|2\d november 2026"
    one, other = (re.sub(days, "DAY", words_of(content, form)) for content in made)
    assert one == other
    if form != "pdf":
        assert pictures_of(made[0], form)
        assert pictures_of(made[0], form) == pictures_of(made[1], form)


@pytest.mark.parametrize(
    "choice",
    [
        Choice("9902", sections=("summary",)),
        Choice("9902", "2020", ("county",), "en", ("areas", "evenness"), site="https://a.example"),
        Choice("9902", compare=(), sections=("summary", "areas"), author='A "city" & Co'),
    ],
)
def test_the_command_on_the_last_page_makes_the_same_report(report, here, demo_store, choice):
    from dataclasses import replace

    from samsyn.cli.report_files import made
    from samsyn.statistics.query import Release

    choice = replace(choice, day=date(2026, 11, 20))
    expected = made(Release.open(demo_store), choice, "html").content
    samsyn, command, *arguments = shlex.split(choice.command("demo", "municipality/2025/9902"))
    assert (samsyn, command) == ("samsyn", "report")
    target = here / "again.html"
    assert report(*arguments, "--date", "2026-11-20", "--output", target).code == 0
    assert target.read_bytes() == expected


def test_a_failure_leaves_the_old_file_and_nothing_else(report, here, monkeypatch):
    target = here / "report.pdf"
    target.write_bytes(b"before")

    def fail(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("samsyn.publish.reports.pdf.pdf", fail)
    outcome = report("9901", *SHORT, "--output", target)
    assert outcome.code == 130
    assert target.read_bytes() == b"before"
    assert list(here.iterdir()) == [target]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["9901", "--sections", "sumary"],
            '(did you mean "summary"?): choose from summary, method',
        ),
        (["9901", "--sections", "weather"], f"choose from {', '.join(SECTIONS)}"),
        (["9901", "--compare", "nobody"], "choose from county, country, similar"),
        (["9901", "--compare", "none,county"], "--compare none stands alone"),
        (["9901", "--compare", ""], "no comparison is given"),
        (["Vattst"], "Did you mean Vattstad (municipality/2025/9901)"),
        (["9901", "--period", "20222"], '"20222" is not a period'),
        (["9901", "--period", "latest"], "the release demo has figures of 2012 to 2024"),
        (["9901", "--lang", "fi"], "'fi' is not one of 'sv', 'en'"),
        (["9901", "--format", "odt"], "'odt' is not one of"),
        (["9901", "--date", "20/11"], "'20/11' does not match"),
        (["9901", "--site", "samsyn"], "give an address such as https://example.org"),
        (["9901", "--output", "nowhere/report.pdf"], "there is no folder nowhere"),
        (["9901", "--output", "."], "is a folder"),
        (["9901", "--output", "report.odt"], "give --format"),
        (["9901", "--release", "sweden"], 'There is no release "sweden"'),
        (["9901", "--jobs", "2"], "--jobs belongs to --all"),
        (["9901", "--text", "nowhere.json"], "nowhere.json"),
        (["9901", "--all", "county", "--output", "x"], "leave out 9901"),
        (["--all", "regso", "--output", "x"], "'regso' is not one of"),
        (["--all", "county"], "give --output"),
        (["--all", "county", "--output", "x.pdf"], "x.pdf is called as a file is"),
        (["--all", "county", "--output", "x", "--period", "1999"], "no figures of 1999"),
        ([], "name a place, or a kind of places with --all"),
    ],
)
@pytest.mark.usefixtures("no_work")
def test_doing_it_wrong_is_said_before_the_work(report, here, arguments, said):
    outcome = report(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"summary": "x",\n "sumary": "y"}', 'own.json has a text for "sumary", which is no'),
        ('{"summary": ["x"]}', 'own.json: what "summary" has is not text'),
        ('["x"]', "own.json is not a JSON object"),
        ('{"summary": "x"', "own.json is not JSON: line 1"),
        (b'{"summary": "\xe5"}', "own.json is not text in UTF-8"),
    ],
)
@pytest.mark.usefixtures("no_work")
def test_wrong_texts_are_said_with_file_and_key(report, here, text, said):
    (here / "own.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    outcome = report("9901", "--text", "own.json")
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert [file.name for file in here.iterdir()] == ["own.json"]


@pytest.mark.usefixtures("no_work")
def test_what_reports_are_made_with_may_be_lacking(report, monkeypatch):
    monkeypatch.setattr("samsyn.cli.report_files.find_spec", lambda name: None)
    outcome = report("9901")
    assert outcome.code == 2
    assert "install samsyn[report]" in outcome.err


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
@pytest.mark.usefixtures("no_work")
def test_a_folder_that_is_read_only_is_said(report, here):
    here.chmod(0o500)
    try:
        for arguments in (["9901"], ["--all", "county", "--output", "."]):
            outcome = report(*arguments)
            assert outcome.code == 2
            assert "cannot be written" in outcome.err
    finally:
        here.chmod(0o700)


def test_help_names_every_section(samsyn):
    said = " ".join(samsyn("report", "--help").out.split())
    assert f"only: {', '.join(SECTIONS)};" in said
    assert json.dumps("summary") in said
