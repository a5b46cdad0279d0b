"""The whole way, from an empty installation to what came of it a year later, as people go it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations

PASSWORD = "hamnen och åkerby 7"
INTERVIEWS = [
    ("Rektor", "Yrkesverksamma i området", "Utbildning: Pengarna kommer ett läsår i taget."),
    ("Områdesvärd", "Yrkesverksamma i området", "Boende: Gårdarna märks."),
    ("Boende med tre barn", "Boende i området", "Boende: Vi är fem i en tvåa."),
    ("Handläggare", "Tjänstepersoner", "Arbetsmarknad: Deltagare väntar fyra månader."),
    ("Enhetschef", "Tjänstepersoner", "Vi träffas när något har hänt."),
    ("Förening", "Yrkesverksamma i området", "Vi saknar plantider på Åkerby."),
]
ACTORS = [
    ("Kommunledningskontoret", "Förvaltning", "Samordnar arbetet"),
    ("Vattstadsbostäder", "Kommunalt bolag", "Äger hyresrätter i Hamnen"),
    ("Hamnens hyresgästförening", "Ideell förening", "Språkkafé och läxhjälp"),
]


@pytest.fixture
def folder() -> Path:
    """The folder of what is written in this run, in which nobody has written anything."""
    return Path(os.environ["SAMSYN_WORK"])


def command(*arguments: str) -> str:
    """What the command says."""
    samsyn = str(Path(sys.executable).with_name("samsyn"))
    return subprocess.run([samsyn, *arguments], capture_output=True, text=True, check=True).stdout


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def fill(page: Page, told: dict[str, str]) -> None:
    for label, text in told.items():
        page.get_by_role("main").get_by_label(label).first.fill(text)


def address_in(text: str, site: str, part: str) -> str:
    """The address in a letter or in what a command said, at this server."""
    found = re.search(rf"https?://[^/\s]+(/\S*{part}\S*)", text)
    assert found, text
    return site + found[1]


def letter(folder: Path, to: str) -> str:
    """The newest letter to somebody."""
    letters = sorted((folder / "letters").iterdir(), key=lambda one: one.stat().st_mtime)
    texts = [one.read_text(encoding="utf-8") for one in reversed(letters)]
    return next(text for text in texts if to in text)


def test_the_whole_way(chromium, page, demo_server, folder, tmp_path):
    steps = Steps(page, demo_server, folder)
    steps.logs_in()
    steps.makes_an_organisation()
    steps.begins_a_round()
    colleague = steps.invites_a_colleague(chromium)
    steps.takes_actors_from_excel(tmp_path)
    steps.goes_through_the_grid_by_arrows()
    steps.records_interviews()
    steps.finds_a_problem_on_the_page_of_figures()
    steps.says_what_is_needed_and_to_be_reached()
    steps.plans_an_intervention()
    steps.answers_a_gap()
    steps.publishes(chromium)
    steps.follows_up(colleague)
    colleague.context.close()


class Steps:
    """What a strategist does, one thing after the other."""

    def __init__(self, page: Page, site: str, folder: Path) -> None:
        self.page, self.site, self.folder = page, site, folder
        self.round = self.problem = ""

    def logs_in(self) -> None:
        told = command("account", "create", "anna@example.org", "--name", "Anna Ek")
        self.page.goto(address_in(told, self.site, "losenord"))
        for field in self.page.locator("main input[type=password]").all():
            field.fill(PASSWORD)
        self.page.locator("main form button").first.click()
        self.page.goto(f"{self.site}/arbete/")
        if "logga-in" in self.page.url:
            fill(self.page, {"E-postadress": "anna@example.org", "Lösenord": PASSWORD})
            press(self.page, "Logga in")
        expect(self.page.locator("h1")).to_have_text("Arbete")

    def makes_an_organisation(self) -> None:
        follow(self.page, "Ny organisation")
        fill(self.page, {"Vad heter organisationen?": "Vattstads kommun"})
        self.page.get_by_label("Slag").select_option(label="Kommun")
        press(self.page, "Lägg upp")
        expect(self.page.locator("h1")).to_have_text("Vattstads kommun")

    def begins_a_round(self) -> None:
        follow(self.page, "Ny kartläggning")
        fill(self.page, {"Vad kallar ni kartläggningen?": "Kartläggning 2026",
                         "Från år": "2026", "Till år": "2027"})  # fmt: skip
        self.page.get_by_label("Vilken plats gäller det?").select_option(label="Vattstad")
        self.page.get_by_label("Boende", exact=True).check()
        press(self.page, "Spara")
        expect(self.page.locator("h1")).to_have_text("Kartläggning 2026")
        self.round = self.page.url
        # The figures of the place are kept as they are now.
        expect(self.page.locator("#utgangslage")).to_contain_text("siffror")
        assert violations(self.page) == []

    def invites_a_colleague(self, chromium) -> Page:
        page = self.page
        page.goto(f"{self.site}/arbete/vattstads-kommun/medlemmar/")
        fill(page, {"E-postadress": "samir@example.org"})
        page.locator("form[action*=bjud] select, form.writing select").last.select_option(
            label="Redaktör"
        )
        press(page, "Skicka inbjudan")
        context = chromium.new_context(locale="sv-SE")
        other = context.new_page()
        other.goto(address_in(letter(self.folder, "samir@example.org"), self.site, "inbjudan"))
        fill(other, {"Vad heter du?": "Samir Haddad"})
        for field in other.locator("main input[type=password]").all():
            field.fill(PASSWORD)
        press(other, "Gå med")
        expect(other.locator("main")).to_contain_text("Vattstads kommun")
        return other

    def takes_actors_from_excel(self, folder: Path) -> None:
        page = self.page
        page.goto(f"{self.site}/arbete/vattstads-kommun/aktor/fran-excel/")
        with page.expect_download() as download:
            follow(page, "Hämta mallen")
        path = folder / "mall.xlsx"
        download.value.save_as(path)
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[-1] if len(book.worksheets) == 1 else book.worksheets[1]
        headings = [str(cell.value or "").rstrip("*").strip() for cell in sheet[1]]
        for number, (name, kind, does) in enumerate(ACTORS, start=2):
            for heading, value in (("Namn", name), ("Slag", kind), ("Vad gör aktören?", does)):
                sheet.cell(number, headings.index(heading) + 1, value)
        book.save(path)
        page.get_by_label("Excel-fil (.xlsx) eller CSV").set_input_files(path)
        press(page, "Läs filen")
        expect(page.locator("dl.facts")).to_contain_text("3")
        press(page, "Spara")
        expect(page.locator("main")).to_contain_text("Vattstadsbostäder")

    def goes_through_the_grid_by_arrows(self) -> None:
        page = self.page
        page.goto(f"{self.round}samverkan/")
        place = "one => [one.closest('tr').rowIndex - 1, one.closest('td').cellIndex - 1]"
        page.locator("table[data-grid] a.tie-cell").first.focus()
        for key, there in (
            ("Home", [0, 1]), ("ArrowRight", [0, 2]), ("ArrowRight", [0, 2]), ("ArrowDown", [1, 2]),
            ("ArrowLeft", [1, 0]),  # past the cell in which a row meets itself
            ("End", [1, 2]), ("ArrowDown", [1, 2]), ("Home", [1, 0]), ("ArrowDown", [2, 0]),
        ):  # fmt: skip
            page.keyboard.press(key)
            assert page.locator(":focus").evaluate(place) == there, key
        # The grid is one stop of the keyboard.
        expect(page.locator("table[data-grid] a.tie-cell[tabindex='0']")).to_have_count(1)
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text("–")

    def records_interviews(self) -> None:
        page = self.page
        for role, perspective, said in INTERVIEWS:
            page.goto(f"{self.site}/arbete/vattstads-kommun/intervju/ny/")
            fill(page, {"Eller en ny: vilken roll?": role})
            page.get_by_label("Den nyas perspektiv").select_option(label=perspective)
            page.get_by_label("Hinder").first.fill(said)
            press(page, "Spara")
            expect(page.locator("main")).to_contain_text(said.rpartition(": ")[2])
        page.goto(self.round)
        follow(page, "Vad sa intervjuerna om boende?")
        expect(page.locator("main")).to_contain_text("Vi är fem i en tvåa.")

    def finds_a_problem_on_the_page_of_figures(self) -> None:
        page = self.page
        page.goto(f"{self.site}/omrade/municipality/9901/")
        link = page.locator('main a[href*="/underlag/?indicator=overcrowded_share"]').first
        link.evaluate("one => one.closest('details')?.setAttribute('open', '')")
        link.click()
        expect(page.locator("h1")).to_have_text("Använd som underlag")
        follow(page, "Nytt problem i Kartläggning 2026")
        fill(page, {"Vad är problemet, i en mening?": "Barnfamiljer bor trångt"})
        press(page, "Spara")
        expect(page.locator("h1")).to_have_text("Barnfamiljer bor trångt")
        expect(page.locator("main")).to_contain_text("demo")
        self.problem = page.url
        assert violations(page) == []

    def says_what_is_needed_and_to_be_reached(self) -> None:
        page, work = self.page, f"{self.site}/arbete/vattstads-kommun"
        page.goto(f"{work}/behov/ny/")
        fill(page, {"Vad behövs, i en mening?": "Fler stora hyresrätter"})
        page.get_by_label("Barnfamiljer bor trångt").check()
        press(page, "Spara")
        expect(page.locator("h1")).to_have_text("Fler stora hyresrätter")
        page.goto(f"{work}/mal/ny/")
        fill(page, {"Vad ska ha hänt, i en mening?": "Färre bor trångt"})
        page.get_by_label("Fler stora hyresrätter").check()
        page.get_by_label("Vilken indikator visar det?").select_option("overcrowded_share")
        press(page, "Hämta utgångsvärde")
        fill(page, {"Målvärde": "9", "Målår": "2028"})
        press(page, "Spara")
        expect(page.locator("h1")).to_have_text("Färre bor trångt")

    def plans_an_intervention(self) -> None:
        page = self.page
        page.goto(f"{self.site}/arbete/vattstads-kommun/insats/ny/")
        fill(page, {"Vad ska göras, i en mening?": "Slå ihop små lägenheter"})
        page.get_by_label("Färre bor trångt").check()
        page.get_by_label("Slag").first.select_option(label="Operativ insats")
        page.get_by_label("Nivå").first.select_option(label="Område")
        page.get_by_label("Horisont").first.select_option(label="Långsiktig")
        press(page, "Spara")
        expect(page.locator("h1")).to_have_text("Slå ihop små lägenheter")
        page.get_by_text("Lägg till finansiering").click()
        fill(page, {"Finansiär": "Vattstadsbostäder", "Belopp": "41000000"})
        page.get_by_label("Läge").first.select_option(label="Beslutad")
        page.locator("details[open]").get_by_role("button").first.click()
        expect(page.locator("main")).to_contain_text(re.compile(r"41\s000\s000"))

    def answers_a_gap(self) -> None:
        page = self.page
        page.goto(f"{self.round}luckor/")
        expect(page.locator("main")).to_contain_text("Insatsen har ingen planerad uppföljning")
        before = page.locator(".gap-found").count()
        page.get_by_text("Svara: vi vet, därför att").first.click()
        page.locator("textarea:visible").first.fill("Vi vet, och tar det i nästa kartläggning.")
        page.locator("details[open] button").first.click()
        expect(page.locator("main")).to_contain_text("nästa kartläggning")
        page.goto(f"{self.round}luckor/")
        assert page.locator(".gap-found:visible").count() == before - 1
        assert violations(page) == []

    def publishes(self, chromium) -> None:
        page = self.page
        page.goto(f"{self.round}plan/")
        follow(page, "Publicera")
        for box in page.locator("main input[type=checkbox]").all():
            box.check()
        page.locator("button[name=publish]").click()
        public = page.locator("main .lede a").first
        address = self.site + str(public.get_attribute("href"))
        stranger = chromium.new_context(locale="sv-SE").new_page()
        answer = stranger.goto(address)
        assert answer.status == 200
        assert stranger.context.cookies() == []
        expect(stranger.locator("main")).to_contain_text("Slå ihop små lägenheter")
        assert "Vi är fem i en tvåa" not in stranger.locator("main").inner_text()
        stranger.context.close()

    def follows_up(self, colleague: Page) -> None:
        """A year later the colleague tells what came of it, and the lead approves."""
        colleague.goto(f"{self.site}/arbete/vattstads-kommun/uppfoljning/ny/")
        fill(colleague, {"Vad följs upp?": "Första etappen"})
        colleague.get_by_label("Insats").first.select_option(label="Slå ihop små lägenheter")
        fill(colleague, {"Värde (valfritt)": "8"})
        colleague.get_by_label(re.compile("Uppgiftens läge")).first.select_option(
            label="Uppgift finns"
        )
        press(colleague, "Spara")
        press(colleague, "Lämna in")
        follow_up = colleague.url
        self.page.goto(follow_up)
        press(self.page, "Godkänn")
        expect(self.page.locator("main")).to_contain_text("Godkänd")
        self.page.goto(f"{self.round}kedja/")
        for told in ("Barnfamiljer bor trångt", "Fler stora hyresrätter", "Färre bor trångt",
                     "Slå ihop små lägenheter"):  # fmt: skip
            expect(self.page.locator("main")).to_contain_text(told)
