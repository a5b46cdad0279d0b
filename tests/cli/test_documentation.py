"""What the documentation says is printed is what is printed."""

import doctest
import re
import shlex

import pytest

from tests.cli.conftest import ROOT

PAGES = ["README.md", "docs/handbook/en/measure.md", "docs/handbook/sv/measure.md"]


def blocks(page, kind):
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(page):
    """Each command of a page with what it prints."""
    for block in blocks(page, "console"):
        for command, printed in re.findall(
            r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE
        ):
            yield command.replace("\\\n", ""), printed


@pytest.mark.parametrize("page", PAGES)
def test_every_command_prints_what_the_page_says(page, samsyn, tmp_path, demo_store, monkeypatch):
    monkeypatch.setenv("SAMSYN_STORE", str(demo_store.path))
    # Away from the repository, so that nothing is written into it.
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    found = list(commands(page))
    assert found
    for command, printed in found:
        name, *arguments = shlex.split(command)
        assert name == "samsyn"
        outcome = samsyn(*arguments)
        assert outcome.out + outcome.err == printed, command


@pytest.mark.parametrize("page", PAGES)
def test_every_python_example_does_what_the_page_says(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    runner, said = doctest.DocTestRunner(), []
    examples = "\n".join(blocks(page, "pycon"))
    assert examples
    runner.run(doctest.DocTestParser().get_doctest(examples, {}, page, page, 0), out=said.append)
    assert not runner.summarize(verbose=False).failed, "".join(said)


def test_make_run_serves_what_the_readme_says():
    makefile = (ROOT / "Makefile").read_text()
    recipe = re.search(r"^run:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    last = recipe[1].splitlines()[-1]
    assert shlex.split(last) == ["@.venv/bin/samsyn", "serve", "--port", "$(PORT)"]
    port = re.search(r"^PORT \?= (\d+)$", makefile, re.MULTILINE)[1]
    assert f"http://127.0.0.1:{port}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_both_languages_have_the_same_pages_and_the_same_commands():
    english, swedish = (
        sorted((ROOT / "docs/handbook" / tongue).glob("*.md")) for tongue in ("en", "sv")
    )
    assert [page.name for page in english] == [page.name for page in swedish]
    pairs = zip(english, swedish, strict=True)
    for one, other in pairs:
        assert [c for c, _ in commands(one)] == [c for c, _ in commands(other)]
