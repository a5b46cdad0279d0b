"""The database that tests may use beside SQLite."""

from pathlib import Path

import psycopg
import pytest

from tests import postgresql as servers


def test_it_answers_and_reads_utf8(postgresql):
    with psycopg.connect(postgresql.conninfo) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        assert connection.execute("SELECT upper('åäö')").fetchone() == ("ÅÄÖ",)


def test_it_listens_to_nothing_but_its_own_socket(postgresql):
    with psycopg.connect(postgresql.conninfo) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.info.host == postgresql.host


def test_it_is_gone_afterwards(postgresql):
    binaries = servers.programs()
    with servers.cluster(binaries) as other:
        assert other.host != postgresql.host
        folder = Path(other.host)
        assert folder.is_dir()
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(other.conninfo)


def test_a_server_that_does_not_start_says_why(postgresql, monkeypatch):
    monkeypatch.setitem(servers.SETTINGS, "shared_buffers", "nonsense")
    with (
        pytest.raises(RuntimeError, match="shared_buffers"),
        servers.cluster(servers.programs()),
    ):
        pass
