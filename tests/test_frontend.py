"""What frontend/ is made of and what becomes of it. How it behaves is in tests/browser."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BUNDLES = ROOT / "src/samsyn/site/static/bundles"

# Kilobytes, gzipped. Every page sends the first three; the 150 KB of a page's first view hold them
# and the page itself.
BUDGET = {
    "early.js": 1,
    "main.css": 20,
    "main.js": 30,
    "map.css": 15,
    "map.js": 320,
    "maplibre-gl-worker.mjs": 160,
}
LICENCES = {
    "(MIT OR Apache-2.0)", "0BSD", "Apache-2.0", "BSD-0-Clause", "BSD-2-Clause", "BSD-3-Clause",
    "ISC", "MIT", "OFL-1.1",
}  # fmt: skip


@pytest.fixture(scope="module")
def manifest() -> dict[str, dict[str, str | int]]:
    path = BUNDLES / "manifest.json"
    if not path.exists():
        pytest.fail("frontend/ is not bundled: run `make bundles`", pytrace=False)
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_lock_gives_checksums_and_no_addresses():
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert "node_modules/htmx.org" in packages
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if "integrity" not in package] == []


def test_every_licence_may_be_passed_on_with_ours():
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text(encoding="utf-8"))
    bundled = {
        name.removeprefix("node_modules/"): package["license"]
        for name, package in lock["packages"].items()
        if name and not package.get("dev")
    }
    assert {name for name, licence in bundled.items() if licence not in LICENCES} == set()
    terms = (BUNDLES / "LICENCES.txt").read_text(encoding="utf-8")
    assert {name for name in bundled if f"{name} " not in terms} == set()
    assert "SIL OPEN FONT LICENSE" in terms.upper()
    assert "MapLibre contributors" in terms


def test_names_change_with_the_content(manifest):
    for entry in manifest.values():
        assert re.search(r"-[A-Z0-9]{8}\.\w+$", str(entry["file"]))
        content = (BUNDLES / str(entry["file"])).read_bytes()
        digest = base64.b64encode(hashlib.sha384(content).digest()).decode()
        assert entry["integrity"] == f"sha384-{digest}"


def test_what_is_compressed_is_the_same(manifest):
    for name in BUDGET:
        path = BUNDLES / str(manifest[name]["file"])
        packed = path.with_name(f"{path.name}.gz").read_bytes()
        assert gzip.decompress(packed) == path.read_bytes()
        assert len(packed) == manifest[name]["gzip"]
        assert path.with_name(f"{path.name}.br").stat().st_size < len(packed)


@pytest.mark.parametrize("name", BUDGET)
def test_bundles_keep_within_their_budget(manifest, name):
    assert manifest[name]["gzip"] <= BUDGET[name] * 1024


def test_nothing_that_is_bundled_names_a_server_to_fetch_from(manifest):
    for name in ("early.js", "main.js", "main.css", "map.css"):
        text = (BUNDLES / str(manifest[name]["file"])).read_text(encoding="utf-8")
        hosts = set(re.findall(r"https?://([\w.-]+)", text))
        assert hosts <= {"www.w3.org"}  # the name of SVG, which nobody fetches
