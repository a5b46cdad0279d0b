"""What is typed is not lost: not with the connection, nor with the log-in."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

EMAIL, PASSWORD = "tova@example.org", "bron och lunden 7"


def logged_in(page: Page, site: str) -> None:
    """Log in as somebody whose account the command has just made."""
    samsyn = str(Path(sys.executable).with_name("samsyn"))
    command = [samsyn, "account", "create", EMAIL, "--name", "Tova Ek"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"https?://[^/\s]+(/\S*losenord\S*)", told)
    assert found, told
    page.goto(f"{site}{found[1]}")
    for field in page.locator("main input[type=password]").all():
        field.fill(PASSWORD)
    page.locator("main form.writing button").first.click()
    log_in(page, site)


def log_in(page: Page, site: str) -> None:
    page.goto(f"{site}/konto/logga-in/")
    if "logga-in" in page.url:
        page.locator("[name=login]").fill(EMAIL)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/arbete/**")


def test_what_is_typed_outlives_the_connection_and_the_log_in(page, demo_server, complaints):
    logged_in(page, demo_server)
    page.goto(f"{demo_server}/arbete/ny/")
    page.locator("[name=name]").fill("Lundens kommun")
    page.locator("[name=kind]").select_option("municipality")
    page.get_by_role("button", name="Lägg upp").click()
    there = f"{demo_server}/arbete/lundens-kommun/kartlaggning/ny/"
    page.goto(there)
    title, said = page.locator("[name=title]"), page.locator(".draft-state")
    title.fill("Skrivet nu")
    expect(said).to_contain_text("Utkast sparat")
    page.context.set_offline(True)
    title.fill("Skrivet utan nät")
    expect(said).to_contain_text("Ingen kontakt med servern")
    page.context.set_offline(False)
    expect(said).to_contain_text("Utkast sparat")
    # The log-in runs out, and is made again in another tab.
    page.context.clear_cookies(name="samsyn_session")
    title.fill("Skrivet utloggad")
    expect(said).to_contain_text("Du är utloggad")
    other = page.context.new_page()
    log_in(other, demo_server)
    other.close()
    title.fill("Skrivet inloggad igen")
    expect(said).to_contain_text("Utkast sparat")
    # Whoever comes back is offered what was not saved; what is saved is offered no longer.
    page.goto(there)
    page.get_by_role("link", name="Fortsätt på utkastet").click()
    expect(title).to_have_value("Skrivet inloggad igen")
    page.locator("[name=place]").select_option("municipality/9901")
    page.locator("[name=year_from]").fill("2026")
    page.locator("[name=year_to]").fill("2027")
    page.locator("main form.writing > .buttons button").first.click()
    expect(page.locator("h1")).to_have_text("Skrivet inloggad igen")
    page.goto(there)
    expect(page.locator(".draft-offer")).to_have_count(0)
    # That the server could not be reached, and refused, is what was tried.
    tried = ("ERR_INTERNET_DISCONNECTED", "401", "403")
    complaints[:] = [one for one in complaints if not any(part in one for part in tried)]
