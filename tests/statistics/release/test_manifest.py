"""The manifest: what a release says of itself, and what one is told when it is broken."""

import hashlib
import json
from datetime import UTC, datetime

import polars as pl
import pytest

import samsyn
from samsyn.measure.errors import InputError
from samsyn.statistics.release.manifest import fingerprint, read_manifest
from samsyn.statistics.sources.forms import Provenance
from tests.statistics.release import made


def test_it_tells_of_everything_in_the_release(build):
    build("first", seed=3)
    findings = made.table("findings", [{"check": "jumps", "severity": "note", "message": "å"}])
    store = build("second", seed=7, parent="first", findings=findings)
    folder = store.folder()
    manifest = read_manifest(folder)
    assert (manifest.name, manifest.parent, manifest.seed) == ("second", "first", 7)
    assert manifest.version == samsyn.__version__
    assert abs((datetime.now(UTC) - datetime.fromisoformat(manifest.created)).seconds) < 60
    assert manifest.sources == (made.SOURCE,)
    assert manifest.findings == {"error": 0, "warning": 0, "note": 1}
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*.parquet")}
    assert manifest.files.keys() == there
    for name, entry in manifest.files.items():
        content = (folder / name).read_bytes()
        assert entry.sha256 == hashlib.sha256(content).hexdigest()
        assert entry.bytes == len(content)
    assert manifest.rows["counts"] == made.counts().height
    assert manifest.rows["observations"] == made.observations().height
    assert manifest.rows["areas"] == 4
    assert manifest.bytes == sum((folder / name).stat().st_size for name in there)


def test_two_files_of_a_folder_are_one_table(build):
    more = made.observations().with_columns(indicator=pl.lit("other_share"))
    manifest = read_manifest(build("one", observations__other_share=more).folder())
    assert manifest.rows["observations"] == 2 * more.height


def test_it_is_text_that_people_can_read(build):
    folder = build("one").folder()
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    assert "Folkmängd efter bakgrund" in text
    assert json.loads(text)["samsyn"] == "release"


def test_the_whole_release_has_a_fingerprint(build):
    build("one")
    store = build("two", counts__background=made.counts(**{"1488R001": 301}))
    assert fingerprint(store.folder("one")) != fingerprint(store.folder("two"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "cannot be read .* not as Samsyn wrote it"),
        ("[]", "cannot be read"),
        ("{}", "has format None"),
        ('{"format": 99}', "has format 99, and this version of Samsyn reads format 1"),
        ('{"format": 1, "name": "one"}', "cannot be read"),
        ('{"format": 1, "sources": [3], "files": {}}', "cannot be read"),
        ("\udc00".encode("utf-8", "surrogatepass").decode("latin-1"), "cannot be read"),
    ],
)
def test_a_broken_manifest_is_told(build, content, said):
    store = build("one")
    path = store.folder() / "manifest.json"
    path.chmod(0o644)
    path.write_text(content, encoding="latin-1")
    with pytest.raises(InputError, match=said):
        read_manifest(path.parent)
    [listed] = store.releases()
    assert (listed.name, listed.created, listed.current) == ("one", None, True)
    assert listed.problem


def test_a_release_without_a_manifest_is_not_whole(build):
    store = build("one")
    (store.folder() / "manifest.json").unlink()
    with pytest.raises(InputError, match="release one has no manifest"):
        read_manifest(store.folder())


def test_a_source_that_tells_little(build):
    bare = Provenance("somebody", "a.csv", "00" * 32)
    manifest = read_manifest(build("one", sources=(bare,)).folder())
    assert manifest.sources == (bare,)
