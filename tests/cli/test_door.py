"""The door: help, version, completion, and how it leaves."""

import os
import signal
import subprocess
import sys
import time

import pytest

import samsyn as package
from samsyn.cli import door
from tests.cli.conftest import VATTLAND

COMMAND = [sys.executable, "-c", "from samsyn.cli import main; main()"]
QUESTION = [
    "measure", str(VATTLAND), "--unit", "area", "--groups", "swedish_background,foreign_background",
]  # fmt: skip


def test_version(samsyn):
    assert samsyn("--version").out == f"samsyn {package.__version__}\n"


@pytest.mark.parametrize("command", ["measure", "neighbours", "decompose", "explain", "completion"])
def test_help_reads_like_a_manual(samsyn, command):
    outcome = samsyn(command, "--help")
    assert outcome.code == 0
    assert f"samsyn {command}" in outcome.out.split("Examples:")[1]
    assert samsyn(command, "-h").out == outcome.out


def test_help_needs_no_frames():
    code = (
        "import sys\n"
        "from samsyn.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: print({'polars', 'numpy', 'rich', 'narwhals'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.endswith("set()\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_script(samsyn, shell):
    outcome = samsyn("completion", shell)
    assert outcome.code == 0
    assert "_SAMSYN_COMPLETE" in outcome.out


def test_completion_knows_the_indices_after_a_comma():
    environment = os.environ | {
        "_SAMSYN_COMPLETE": "bash_complete",
        "COMP_WORDS": "samsyn measure f.csv --index gini,isol",
        "COMP_CWORD": "4",
    }
    found = subprocess.run(COMMAND, env=environment, capture_output=True, text=True, check=False)
    assert "gini,isolation" in found.stdout


def test_a_wrong_command_and_a_wrong_option(samsyn):
    for arguments in (["mesure"], ["measure", "--unti"], ["measure"]):
        outcome = samsyn(*arguments)
        assert outcome.code == 2
        assert outcome.err.startswith("samsyn: ")
        assert "--help" in outcome.err


def test_a_fault_is_a_failure_without_traceback_unless_asked(samsyn, monkeypatch):
    from samsyn.statistics import tables

    def fail(*_):
        raise RuntimeError("a cog fell off")

    monkeypatch.setattr(tables, "read_table", fail)
    outcome = samsyn(*QUESTION)
    assert outcome.code == 1
    assert "a cog fell off" in outcome.err
    assert "Traceback" not in outcome.err
    with pytest.raises(RuntimeError, match="a cog fell off"):
        door.main([*QUESTION, "--debug"])


def test_stopping_is_clean(samsyn, monkeypatch):
    from samsyn.statistics import tables

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(tables, "read_table", stop)
    outcome = samsyn(*QUESTION)
    assert outcome.code == 130
    assert "Traceback" not in outcome.err


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
def test_ctrl_c_in_the_middle_of_the_work(tmp_path):
    target = tmp_path / "result.csv"
    arguments = [
        *QUESTION,
        "--interval",
        "bca",
        "--replicates",
        "50000000",
        "--output",
        str(target),
    ]
    with subprocess.Popen([*COMMAND, *arguments], stderr=subprocess.PIPE, text=True) as running:
        time.sleep(3)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in said
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="Windows has other pipes")
def test_a_reader_who_leaves_is_no_error():
    arguments = [*QUESTION, "--index", "all", "--seed", "1", "--format", "csv"]
    with subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        running.stdout.close()
        said = running.stderr.read()
    assert said == ""
