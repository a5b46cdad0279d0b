"""A bar on a terminal, after a while, and nothing elsewhere."""

import io
import time

from samsyn.cli import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_off_a_terminal_there_is_no_bar(monkeypatch):
    monkeypatch.setattr("sys.stderr", io.StringIO())
    with progress.bar("Measuring") as report:
        assert report is None


def test_on_a_terminal_it_appears_after_a_while(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr(progress, "PATIENCE", 0.05)
    with progress.bar("Measuring") as report:
        report(0.0, "gini")
        assert screen.getvalue() == ""
        time.sleep(0.3)
        report(0.5, "")
    assert "Measuring: gini" in screen.getvalue()


def test_what_is_quick_shows_nothing(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    with progress.bar("Measuring") as report:
        report(1.0, "gini")
    assert screen.getvalue() == ""
