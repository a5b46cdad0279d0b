"""What the repository promises about itself."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import metadata
from pathlib import Path

import pytest

import samsyn

ROOT = Path(__file__).resolve().parent.parent

# Written in parts, so that this file does not name what it looks for.
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in [
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("conda", "anaconda", "org"),
    ]
]
MACHINE_PATH = re.compile(r"(?<![\w.$}])/(?:home|Users|root|work)/\w|\b[A-Z]:\\+Users\\", re.ASCII)


def tracked_texts() -> dict[str, str]:
    """Every file that git keeps and that is text."""
    try:
        listing = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout: there is no list of the repository's files")
    texts = {}
    for name in listing.split("\0"):
        path = ROOT / name
        if name and path.is_file():
            content = path.read_bytes()
            if b"\0" not in content:
                texts[name] = content.decode("utf-8", errors="replace")
    return texts


def test_no_file_names_a_registry():
    naming = [
        (name, host)
        for name, text in tracked_texts().items()
        for host in REGISTRY_HOSTS
        if host in text
    ]
    assert not naming


def test_every_link_in_the_lock_has_its_host_removed():
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text()))
    assert hosts == {"registry.invalid"}


def test_no_file_names_a_place_on_someones_machine():
    naming = [
        (name, line)
        for name, text in tracked_texts().items()
        for line in text.splitlines()
        if MACHINE_PATH.search(line)
    ]
    assert not naming


@pytest.mark.parametrize(
    "path", ["/ho" + "me/anna/samsyn", "C:" + r"\Users\Anna", "in /wo" + "rk/main"]
)
def test_a_place_on_someones_machine_is_recognised(path):
    assert MACHINE_PATH.search(path)


@pytest.mark.parametrize(
    "text", ["../shared/data", "https://example.org/home/page", "$root/work/a"]
)
def test_other_paths_are_not_mistaken_for_it(text):
    assert not MACHINE_PATH.search(text)


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [command, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the source and its contracts, to plant something in."""
    shutil.copytree(
        ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.nb?")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def add_room(house: Path, name: str, source: str) -> None:
    room = house / "src" / "samsyn" / name
    room.mkdir(exist_ok=True)
    (room / "__init__.py").touch()
    (room / "planted.py").write_text(source)


def test_the_floors_hold(house):
    result = lint_imports(house)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("room", "source", "named"),
    [
        ("measure", "import samsyn.statistics", "samsyn.statistics"),
        ("measure", "import django", "django"),
        ("measure", "import polars", "polars"),
        ("measure", "import click", "click"),
        ("measure", "import rich.table", "rich"),
        ("measure", "import fastexcel", "fastexcel"),
        ("measure", "import pyogrio", "pyogrio"),
        ("statistics", "import django.db", "django"),
        ("utils", "", "utils"),
    ],
)
def test_a_breach_of_the_floors_is_caught(house, room, source, named):
    add_room(house, room, source)
    result = lint_imports(house)
    assert result.returncode == 1
    assert named in result.stdout


def test_rooms_of_one_floor_may_not_use_each_other(house):
    add_room(house, "grants", "")
    add_room(house, "cycle", "import samsyn.grants")
    result = lint_imports(house)
    assert result.returncode == 1
    assert "samsyn.cycle is not allowed to import samsyn.grants" in result.stdout


def test_version_is_the_same_everywhere():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert samsyn.__version__ == version
    citation = re.search(r"^version: (\S+)$", (ROOT / "CITATION.cff").read_text(), re.MULTILINE)
    assert citation
    assert citation[1] == version
    released = re.findall(r"^## \[(\d\S*)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert released[0] == version


def test_licence_is_the_whole_eupl():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    articles = re.findall(r"^(\d+)\.[A-Z]", text, re.MULTILINE)
    assert articles == [str(number) for number in range(1, 16)]
    appendix = text.partition("Appendix\n")[2]
    assert "European Union Public Licence (EUPL) v. 1.1, v. 1.2" in appendix
    assert appendix.rstrip().endswith("require the production of a new EUPL version.")
    assert metadata("samsyn")["License-Expression"] == "EUPL-1.2"


def test_every_make_target_has_help():
    makefile = (ROOT / "Makefile").read_text()
    declared = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert declared
    helped = re.findall(r"^([a-z]+):.*## \S", makefile, re.MULTILINE)
    assert sorted(helped) == sorted(declared[1].split())
    targets = re.findall(r"^([a-z]+):", makefile, re.MULTILINE)
    assert sorted(helped) == sorted(targets)
