"""PX files: what is written in the format is read, and what is wrong with one is told."""

import json
import tempfile
from itertools import product
from math import prod
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.measure import InputError
from samsyn.statistics.sources import px
from samsyn.statistics.sources.opening import opened
from samsyn.statistics.sources.settings import FileSettings
from tests.reference import shared

MEANINGS = {".": "not_applicable", "..": "missing", "-": "missing", "...": "missing"}


def quoted(texts):
    return ",".join(f'"{text}"' for text in texts)


def written(dimensions, cells, *, stub=1, sparse=False, extra="", head=""):
    """A PX file of the dimensions (name: labels, codes) and its cells in order."""
    names = list(dimensions)
    lines = [
        'CHARSET="ANSI";',
        'AXIS-VERSION="2013";',
        head,
        'MATRIX="T1";',
        'TITLE="Folk efter allt";',
        f"STUB={quoted(names[:stub])};" if stub else "",
        f"HEADING={quoted(names[stub:])};",
        *(f'VALUES("{name}")={quoted(labels)};' for name, (labels, _) in dimensions.items()),
        *(f'CODES("{name}")={quoted(codes)};' for name, (_, codes) in dimensions.items() if codes),
    ]
    if "tid" in dimensions:
        lines.append(f'TIMEVAL("tid")=TLIST(A1),{quoted(dimensions["tid"][0])};')
    if sparse:
        lines += [f'KEYS("{name}")=VALUES;' for name in names[:stub]]
    shown = [str(cell) if isinstance(cell, (int, float)) else f'"{cell}"' for cell in cells]
    width = prod(len(dimensions[name][0]) for name in names[stub:])
    rows = [shown[at : at + width] for at in range(0, len(shown), width)]
    if sparse:
        keys = product(*(dimensions[name][0] for name in names[:stub]))
        data = "\n".join(
            f"{quoted(key)},{' '.join(row)} "
            for key, row in zip(keys, rows, strict=True)
            if any(cell not in {"0", "0.0", "-0.0"} for cell in row)
        )
    else:
        data = "\n".join(" ".join(row) + " " for row in rows)
    return "\n".join(line for line in [*lines, extra] if line) + f"\nDATA=\n{data}\n;"


def read(text, settings=None, encoding="utf-8", name="t.px"):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        file = opened(path)
        assert px.recognises(file) is True
        (cube,) = px.read(file, settings or FileSettings())
        return cube


SMALL = {
    "region": (["Åby", "Ängsö"], ["0114", "0115"]),
    "kön": (["män", "kvinnor"], ["1", "2"]),
    "tid": (["2021", "2022"], None),
}

# A label may hold whatever else has a meaning in the format.
label = st.text("aåäöÅÄÖ 0;,.=()[]#-", min_size=1, max_size=8).filter(
    lambda text: text == text.strip()
)
labels = st.lists(label, min_size=1, max_size=4, unique=True)
cell = st.one_of(
    st.integers(-10, 10),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.sampled_from(list(MEANINGS)),
)


@st.composite
def tables(draw):
    dimensions = {}
    for name in ["region", *draw(st.lists(label, max_size=2, unique=True))]:
        values = draw(labels)
        codes = [f"k{at}" for at in range(len(values))] if draw(st.booleans()) else None
        dimensions[name] = (values, codes)
    dimensions["tid"] = (draw(st.sampled_from([["2020"], ["2020", "2021"]])), None)
    size = prod(len(values) for values, _ in dimensions.values())
    cells = draw(st.lists(cell, min_size=size, max_size=size))
    return dimensions, cells, draw(st.integers(1, len(dimensions) - 1))


@given(tables(), st.booleans())
def test_what_is_written_is_read_again(table, sparse):
    dimensions, cells, stub = table
    cube = read(written(dimensions, cells, stub=stub, sparse=sparse))
    assert cube.dimensions == tuple(dimensions)
    assert cube.roles["area"] == "region"
    assert cube.roles["period"] == "tid"
    wanted = [
        (
            *where,
            float(said) if not isinstance(said, str) else None,
            MEANINGS[said] if isinstance(said, str) else "ok",
        )
        for where, said in zip(
            product(*(values for values, _ in dimensions.values())), cells, strict=True
        )
    ]
    assert cube.frame.select(*dimensions, "value", "status").rows() == wanted
    for name, (values, codes) in dimensions.items():
        assert (f"{name}.code" in cube.frame.columns) == bool(codes)
        if codes:
            pairs = set(cube.frame.select(name, f"{name}.code").rows())
            assert pairs == set(zip(values, codes, strict=True))


def test_a_row_of_zeros_that_keys_leave_out_is_there():
    cube = read(written(SMALL, [0, 0, 0, 0, 1, 2, 3, 4], sparse=True))
    assert cube.frame["value"].to_list() == [0, 0, 0, 0, 1, 2, 3, 4]
    assert set(cube.frame["status"]) == {"ok"}


def test_swedish_goes_before_the_language_of_the_file():
    text = written(
        {"region": (["Town"], ["0114"]), "tid": (["2021"], None)},
        [5],
        head='LANGUAGE="en";\nLANGUAGES="en","sv";',
        extra='TITLE[sv]="Folkmängd";\nSTUB[sv]="område";\nHEADING[sv]="år";\n'
        'VALUES[sv]("område")="Staden";\nVALUES[sv]("år")="2021";\nSOURCE="Statistics Sweden";\n'
        'VARIABLE-TYPE("region")="G";\nUNITS="persons";\nUNITS[sv]="antal";\n'
        'NOTE[sv]="Rad ett#Rad "\n"två";\nNOTE="In English";',
    )
    cube = read(text)
    assert cube.frame.select("område", "område.code", "år", "value").rows() == [
        ("Staden", "0114", "2021", 5)
    ]
    assert cube.roles == {"area": "område", "period": "år"}
    assert cube.units == {"": "antal"}
    about = cube.provenance
    assert (about.title, about.origin, about.licence, about.table) == (
        "Folkmängd",
        "SCB",
        "CC0",
        "T1",
    )
    assert about.notes == ("Rad ett\nRad två",)


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", 'CODEPAGE="utf-8";'),
        ("utf-8-sig", ""),
        ("utf-8", 'CODEPAGE="iso-8859-1";'),
        ("latin-1", 'CODEPAGE="iso-8859-1";'),
        ("cp1252", ""),
        ("cp850", 'CODEPAGE="cp850";'),
        ("iso-8859-15", 'CODEPAGE="iso-8859-15";'),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_letters_in_every_code_page(encoding, head, end):
    text = written(SMALL, range(8), head=head).replace("\n", end)
    assert read(text, encoding=encoding).frame["region"].unique(maintain_order=True).to_list() == [
        "Åby",
        "Ängsö",
    ]


def test_signs_mean_what_the_file_says():
    extra = (
        'NOTE=".. = Uppgift röjs inte (sekretess)#. = Uppgift kan inte förekomma";\n'
        'DATASYMBOL3="..";\nDATASYMBOL4="Uppgift saknas";\n'
    )
    cube = read(written(SMALL, ["..", ".", "...", "....", "-", 0, -1.5, 1e3], extra=extra))
    assert cube.frame["status"].to_list() == [
        "secret",
        "not_applicable",
        "secret",
        "missing",
        "missing",
        "ok",
        "ok",
        "ok",
    ]
    assert cube.frame["value"].to_list() == [None] * 5 + [0, -1.5, 1000]


def test_a_table_of_the_country_only_where_that_is_said():
    text = written({"bransch": (["A", "B"], None), "tid": (["2021"], None)}, [1, 2])
    with pytest.raises(InputError, match=r't.px has no dimension of areas .* kind = "country"'):
        read(text)
    cube = read(text, FileSettings(kind="country"))
    assert cube.dimensions == ("område", "bransch", "tid")
    assert cube.frame.select("område.code", "bransch", "value").rows() == [
        ("00", "A", 1),
        ("00", "B", 2),
    ]


def test_a_table_without_periods_is_of_the_period_that_is_said():
    text = written({"region": (["A"], None), "grupp": (["x", "y"], None)}, [1, 2])
    with pytest.raises(InputError, match=r"no dimension of time .* period ="):
        read(text)
    cube = read(text, FileSettings(period="2023"))
    assert set(cube.frame[cube.roles["period"]]) == {"2023"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t[:-1], r"DATA does not end with a semicolon .* cut off"),
        (lambda t: t[: t.index("DATA")], r"t.px has no DATA: the file seems to be cut off"),
        (lambda t: t[: t.index("VALUES") + 20], r"VALUES on row 7 has no end: .* cut off"),
        (lambda t: t.replace("6 7", "6"), r"has 7 values, .* 8 \(2 region × 2 kön × 2 tid\).*cut"),
        (lambda t: t.replace("6 7", "6 7 8"), r"has 9 values, and its dimensions ask for 8"),
        (lambda t: t.replace('"0115"', '"0114"'), r'"region" the code "0114" stands 2 times'),
        (lambda t: t.replace(',"0115"', ""), r'"region" has 2 labels and 1 codes'),
        (lambda t: t.replace('"kvinnor"', '"män"').replace('CODES("kön")', "X"),
         r'"kön" the value "män" stands 2 times'),
        (lambda t: t.replace("6 7", "6 sju"), r'value 8 of DATA is "sju"'),
        (lambda t: t.replace('VALUES("kön")', 'VALUES("k")').replace('CODES("kön")', 'X("k")'),
         r'no VALUES for its dimension "kön"'),
        (lambda t: t.replace("STUB", "X").replace("HEADING", "Y"), r"neither STUB nor HEADING"),
        (lambda t: t.replace("MATRIX=", "MATRIX "), r"row 3 is no keyword of a PX file"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(change, message):
    with pytest.raises(InputError, match=message):
        read(change(written(SMALL, range(8))))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.replace('"Ängsö",4', '"Nora",4'), r'"Nora", which is not in "region"'),
        (lambda t: t.replace("5 6 7", "5 6"), r"row 2 of DATA has 3 values, .* 4 \(2 kön × 2"),
        (lambda t: t.replace('"Ängsö",4', '"Åby",4'), r"the same row of the table twice"),
        (lambda t: t.replace('"Ängsö",4', "4"), r"row 2 of DATA names no row of the table"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_rows_that_keys_name(change, message):
    with pytest.raises(InputError, match=message):
        read(change(written(SMALL, range(8), sparse=True)))


def test_a_code_page_that_nobody_knows():
    text = written(SMALL, range(8), head='CODEPAGE="klingon";')
    with pytest.raises(InputError, match='code page "klingon", which is not known'):
        read(text, encoding="latin-1")


@pytest.mark.parametrize("text", ["a;b\n1;2\n", "{}", "", 'A="1";\n'])
def test_other_files_are_not_taken_for_px(tmp_path, text):
    path = tmp_path / "x.px"
    path.write_text(text)
    assert isinstance(px.recognises(opened(path)), str)


@pytest.mark.parametrize(("table", "metadata"), [(n, f"tab{n:03}") for n in (1, 3, 4)])
def test_real_tables_against_the_service_that_describes_them(table, metadata):
    """Codes and their order from the JSON of the same table; values one by one from the text."""
    path = shared("data", "api", "px_files", f"TAB{table:03}.px")
    told = json.loads(
        shared("data", "api", "pxwebapi2_reference_impl", f"MetadataById_{metadata}_js2.json")
        .read_text("utf-8")
    )  # fmt: skip
    (cube,) = px.read(opened(path), FileSettings(kind="country"))
    codes = [list(told["dimension"][key]["category"]["index"]) for key in told["id"]]
    data = path.read_text("latin-1").split("DATA=")[1].rstrip().rstrip(";").replace('"', "").split()
    columns = [f"{name}.code" for name in cube.dimensions if name != "område"]
    wanted = [
        (*where, None if said == ".." else float(said))
        for where, said in zip(product(*codes), data, strict=True)
    ]
    assert cube.frame.select(*columns, "value").rows() == wanted
    assert (cube.frame["status"] == "missing").sum() == data.count("..")


def test_a_cell_that_the_service_gave_alone_is_in_the_whole_table():
    whole, cell = (
        px.read(opened(shared("data", "api", *where)), FileSettings(kind="country"))[0]
        for where in (
            ("px_files", "TAB004.px"),
            ("pxwebapi2_reference_impl", "tab4_fewcells.px"),
        )
    )
    keys = [f"{name}.code" for name in cell.dimensions]
    assert whole.frame.join(cell.frame, on=[*keys, "value"], how="semi").height == 1


def test_real_sexes_add_up_and_real_municipalities_are_in_the_country():
    (people,) = px.read(opened(shared("data", "api", "px_files", "TAB001.px")), FileSettings())
    assert people.roles == {
        "area": "region", "period": "år", "measure": "tabellinnehåll", "sex": "kön", "age": "ålder",
    }  # fmt: skip
    assert people.units == {"Befolkning": "antal"}
    wide = people.frame.pivot(
        "kön.code", index=["region.code", "ålder.code", "år"], values="value"
    ).drop_nulls()
    assert wide.height > 900
    assert ((wide["M"] + wide["F"] - wide["T"]).abs() > 1).sum() == 0
    (land,) = px.read(opened(shared("data", "api", "px_files", "TAB005.px")), FileSettings())
    part = land.frame.filter(
        (land.frame["markanvändning"] == "åkermark") & (land.frame["år"] == "2010")
    )
    country = part.filter(part["region.code"] == "00")["value"].item()
    rest = part.filter(part["region.code"] != "00")
    assert rest["region.code"].str.contains(r"^\d{4}$").all()
    assert rest["value"].sum() == pytest.approx(country, rel=0.01)
