"""The pages on releases: what they say is printed, and every command and option is there."""

import doctest
import re
import shlex

import pytest

from tests.cli.test_documentation import blocks, commands

PAGES = [f"docs/handbook/{language}/statistics.md" for language in ("sv", "en")]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_prints_what_the_page_says(page, samsyn, demo_store, monkeypatch):
    monkeypatch.setenv("SAMSYN_STORE", str(demo_store.path))
    found = list(commands(page))
    assert len(found) > 10
    for command, printed in found:
        outcome = samsyn(*shlex.split(command)[1:])
        assert outcome.out + outcome.err == printed, command


@pytest.mark.parametrize("page", PAGES)
def test_every_python_example_does_what_the_page_says(page, demo_store, monkeypatch):
    monkeypatch.setenv("SAMSYN_STORE", str(demo_store.path))
    runner, said = doctest.DocTestRunner(), []
    examples = "\n".join(blocks(page, "pycon"))
    assert examples
    runner.run(doctest.DocTestParser().get_doctest(examples, {}, page, page, 0), out=said.append)
    assert not runner.summarize(verbose=False).failed, "".join(said)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_is_only_shown_has_the_options_it_is_shown_with(page, samsyn):
    lines = [line for block in blocks(page, "sh") for line in block.splitlines() if line]
    assert len(lines) > 8
    for line in lines:
        name, *words = shlex.split(line, comments=True)
        assert name == "samsyn"
        command = words[:2] if words[0] == "release" else words[:1]
        manual = samsyn(*command, "--help")
        assert manual.code == 0, line
        for option in (word for word in words if word.startswith("--")):
            assert re.search(rf"{option}\b", manual.out), line


def test_the_own_area_of_the_pages_is_that_of_the_demonstration(demo_data):
    told = (demo_data / "samsyn.toml").read_text(encoding="utf-8")
    for page in PAGES:
        (example,) = blocks(page, "toml")
        assert example in told
