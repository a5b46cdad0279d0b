"""A list of actors read from Excel, shown and saved, as `work.py` asks for it.

    python -m benchmarks.listed 1000

reads that many rows over the views themselves into the database that SAMSYN_DATABASE names, and
prints as JSON the seconds: of openpyxl that only reads the cells of the same file, of the page that
shows what the list comes to, and of the page that saves it. What was saved is left there.
"""

from __future__ import annotations

import io
import json
import re
import sys
import time
from typing import Any

SLUG = "en-lista-fran-excel"


def main(rows: int) -> dict[str, float]:
    """Make a list of so many actors, read it and save it; the seconds of each."""
    import django

    django.setup()
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    raw = _workbook(rows)
    begun = time.perf_counter()
    _read(raw)
    took = {"openpyxl": time.perf_counter() - begun}
    browser = Client(HTTP_HOST="127.0.0.1")
    browser.force_login(_place())
    address = f"/arbete/{SLUG}/aktor/fran-excel/"
    browser.get(address)  # what is made once in a process is not the list's
    begun = time.perf_counter()
    shown = browser.post(address, {"file": SimpleUploadedFile("aktorer.xlsx", raw)})
    took["shown"] = time.perf_counter() - begun
    read = re.search(r'name="read" value="([^"]+)"', shown.content.decode())
    if read is None:
        raise ValueError(f"reading answered {shown.status_code}")
    begun = time.perf_counter()
    saved = browser.post(address, {"read": read[1]})
    took["saved"] = time.perf_counter() - begun
    if saved.status_code != 302:
        raise ValueError(f"saving answered {saved.status_code}")
    return took


def _place() -> Any:
    """Somebody who works in an organisation with a round."""
    from samsyn.cycle.models import MappingRound
    from samsyn.people.models import Account, Membership, Organisation, Role
    from samsyn.people.saving import create

    of = Organisation.objects.create(name="En lista", slug=SLUG, kind="municipality")
    account = Account.objects.create_user("lista@example.org", name="Lista")
    Membership.objects.create(organisation=of, account=account, role=Role.EDITOR)
    told = {"title": "Kartläggning", "place": "municipality/9901", "year_from": 2026}
    create(MappingRound(organisation=of, year_to=2027, **told), account)
    return account


def _workbook(rows: int) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Namn", "Slag", "Vad gör aktören?", "Fokusområden"])
    for at in range(rows):
        sheet.append([f"Aktör {at}", "association", f"Läxhjälp och fritid, {at}", "housing"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _read(raw: bytes) -> int:
    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(raw), read_only=True).active
    assert sheet is not None
    return sum(len(row) for row in sheet.iter_rows(values_only=True))


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
