"""The page that names other packages' indices: nothing of PySAL is missing, nothing is made up."""

import inspect
import re
import warnings
from pathlib import Path

import pytest

from samsyn import measure

PAGE = Path(__file__).resolve().parents[2] / "docs/methods/packages.md"
ROWS = [line.split("|")[1:3] for line in PAGE.read_text("utf-8").splitlines() if line[:1] == "|"]


def test_every_function_named_is_ours():
    named = {name for _, here in ROWS for name in re.findall(r"`([a-z]\w+)[`(]", here)}
    assert len(named) > 50
    assert sorted(name for name in named if not hasattr(measure, name)) == []


@pytest.mark.parametrize("module", ["singlegroup", "multigroup", "local"])
def test_every_index_of_pysal_has_one_of_ours(module):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        package = __import__(f"segregation.{module}", fromlist=["*"])
    named = {name for there, _ in ROWS for name in re.findall(r"`(\w+)`", there)}
    classes = {name for name, _ in inspect.getmembers(package, inspect.isclass)}
    assert len(classes) > 5
    assert sorted(classes - named) == []
