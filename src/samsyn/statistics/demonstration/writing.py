"""The demonstration data as files: what `samsyn demo-data DIR` leaves in a folder."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.measure.errors import InputError
from samsyn.statistics.demonstration.design import (
    EFFECTS,
    GROUPS,
    MAIN_GROUPS,
    MUNICIPALITIES,
)
from samsyn.statistics.demonstration.figures import municipal_figures, turnout
from samsyn.statistics.demonstration.geography import Geography, geography
from samsyn.statistics.demonstration.population import effect_areas, people
from samsyn.statistics.demonstration.tables import area_types, count_tables, incomes

SEED: Final = 2025
COUNTY_NAME: Final = "Vattlands län (påhittat)"
COUNTRY_NAME: Final = "Vattland, ett påhittat land"
README: Final = """\
# Vattland: påhittade uppgifter / made-up data

Allt här är påhittat: länet, platserna, personerna och siffrorna. Uppgifterna finns för att pröva
Samsyn utan nätverk och för att visa vad som händer när man vet svaret. De är gjorda av slumptal
från ett känt frö och blir desamma varje gång.

- Två kommuner, Vattstad och Lindsunda, får växande segregation 2012–2024, och en, Hällmora,
  minskande.
- Två insatser har en inlagd effekt; `effects.json` säger vilken, var, när och hur stor.
- Från 2024 gäller nya gränser: några områden har delats och några gränser har flyttats.
- Små tal är sekretessbelagda och några uppgifter saknas.

Everything here is made up: the county, its places, its people and its figures. It is there to try
Samsyn without a network, and to show what happens where the answer is known. Two municipalities
have rising segregation and one falling; two interventions have a planted effect (`effects.json`);
borders change in 2024; small counts are secret and some figures are missing.

Licence: CC0.
"""


def write_demonstration(folder: Path, *, seed: int = SEED, counties: int = 1) -> list[Path]:
    """Write the demonstration data into a folder that is empty or not there; the files written.

    The same seed gives the same files. `counties` beyond the first are there to make more data.
    Raises InputError where the folder has something in it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} is not an empty folder: name a new one for the data")
    if not 1 <= counties <= 9:
        raise InputError("the demonstration data have 1 to 9 counties")
    places: list[Geography] = []
    counts: dict[str, list[pl.DataFrame]] = {}
    figures: dict[str, list[pl.DataFrame]] = {}
    effects: list[dict[str, Any]] = []
    for number in range(counties):
        rng = np.random.default_rng([seed, number])
        place = geography(rng, 99 - number)
        there = people(rng, place)
        for grouping, frame in count_tables(place, there).items():
            counts.setdefault(grouping, []).append(frame)
        for name, frame in (
            ("median_net_income", incomes(rng, place, there)),
            ("area_type", area_types(rng, place, there)),
            ("municipal_figures", municipal_figures(rng, place, there)),
            ("turnout", turnout(rng, place, there)),
        ):
            figures.setdefault(name, []).append(frame)
        places.append(place)
        effects += _effects(place)

    for part in ("areas", "counts", "figures"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    written = _areas(folder / "areas", places)
    for grouping, frames in counts.items():
        path = folder / "counts" / f"{grouping}.parquet"
        pl.concat(frames).write_parquet(path)
        written.append(path)
    for name, frames in figures.items():
        path = folder / "figures" / f"{name}.csv"
        pl.concat(frames).write_csv(path)
        written.append(path)
    texts = {
        "effects.json": json.dumps(effects, ensure_ascii=False, indent=1) + "\n",
        "README.md": README,
        "samsyn.toml": _settings(places[0]),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
        written.append(folder / name)
    return written


def _effects(place: Geography) -> list[dict[str, Any]]:
    """What was planted, with the areas' keys."""
    return [
        {
            "intervention": {"sv": effect.name, "en": effect.english},
            "municipality": effect.municipality,
            "regso": [
                f"regso/{vintage}/{place.regso_codes[place.old_regso[areas[0]]]}"
                for vintage in ("2020", "2025")
            ],
            "deso": [f"deso/2018/{place.old_codes[area]}" for area in areas],
            "indicator": effect.indicator,
            "first_year": effect.first_year,
            "effect": effect.points,
        }
        for effect in EFFECTS
        for areas in [effect_areas(effect, place)]
    ]


def _settings(place: Geography) -> str:
    """The folder's samsyn.toml, with an area that users have drawn themselves."""
    first = [
        code
        for code, regso in zip(place.old_codes, place.old_regso, strict=True)
        if place.regso_municipality[regso] == 0
        and place.regso_names[regso] in {"Hamnen", "Centrum"}
    ]
    members = ", ".join(f'"{code}"' for code in first)
    return (
        'publisher = "Samsyn: påhittade uppgifter (made-up data)"\n'
        'licence = "CC0"\nfictional = true\n\n'
        '[[file]]\nmatch = "country.geojson"\nkind = "country"\nvintage = "2025"\n\n'
        '[[file]]\nmatch = "effects.json"\nskip = true\n\n'
        '[[custom]]\nname = "Inre hamnen"\n'
        f'municipality = "{place.municipality_codes[0]}"\nvintage = "2018"\n'
        f"members = [{members}]\n"
    )


def _areas(folder: Path, places: Sequence[Geography]) -> list[Path]:
    """A GeoJSON file for each kind and vintage."""
    import shapely

    layers: dict[str, tuple[list[Any], list[dict[str, str]]]] = {}

    def add(name: str, shapes: NDArray[Any], rows: Sequence[Mapping[str, str]]) -> None:
        known = layers.setdefault(name, ([], []))
        known[0].extend(shapes)
        known[1].extend(dict(row) for row in rows)

    every = []
    for place in places:
        regso = [
            {"regsokod": code, "regsonamn": name, "kommunkod": code[:4]}
            for code, name in zip(place.regso_codes, place.regso_names, strict=True)
        ]
        for vintage in ("2020", "2025"):
            rows = [{**row, "version": vintage} for row in regso]
            add(f"regso_{vintage}", place.regso_shapes, rows)
        for vintage, codes, owner, shapes in (
            ("2018", place.old_codes, place.old_regso, place.old_shapes),
            ("2025", place.new_codes, place.new_regso, place.new_shapes),
        ):
            rows = [
                {
                    "desokod": code,
                    "regsokod": place.regso_codes[regso_at],
                    "kommunkod": code[:4],
                    "version": vintage,
                }
                for code, regso_at in zip(codes, owner, strict=True)
            ]
            add(f"deso_{vintage}", shapes, rows)
        municipal = [
            {
                "kommunkod": code,
                "kommunnamn": m.name,
                "lanskod": place.county,
                "skr_huvudgrupp_kod": m.group[0],
                "skr_huvudgrupp_namn": MAIN_GROUPS[m.group[0]],
                "skr_kommungrupp_kod": m.group,
                "skr_kommungrupp_namn": GROUPS[m.group],
            }
            for code, m in zip(place.municipality_codes, MUNICIPALITIES, strict=True)
        ]
        add("municipalities", place.municipality_shapes, municipal)
        whole = shapely.coverage_union_all(place.municipality_shapes)
        number = 99 - int(place.county)
        name = COUNTY_NAME if number == 0 else f"Vattlands län {number + 1} (påhittat)"
        add("counties", np.array([whole]), [{"lanskod": place.county, "lansnamn": name}])
        every.append(whole)
    country = shapely.union_all(every)
    add("country", np.array([country]), [{"code": "00", "name": COUNTRY_NAME}])
    return [_geojson(folder / f"{name}.geojson", *layer) for name, layer in layers.items()]


def _geojson(path: Path, shapes: list[Any], rows: list[dict[str, str]]) -> Path:
    """GeoJSON in degrees; what shares a vertex on the plane shares it in degrees too."""
    import pyproj
    import shapely

    change = pyproj.Transformer.from_crs("EPSG:3006", "OGC:CRS84", always_xy=True)
    flat = shapely.transform(np.array(shapes, dtype=object), change.transform, interleaved=False)
    features = [
        {
            "type": "Feature",
            "properties": row,
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for shape, row in zip(_rounded(flat), rows, strict=True)
    ]
    collection = {"type": "FeatureCollection", "name": path.stem, "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def _rounded(shapes: NDArray[Any]) -> NDArray[Any]:
    """Coordinates to 6 decimals of a degree, about 0.1 m."""
    import shapely

    rounded: NDArray[Any] = shapely.transform(shapes, lambda points: np.round(points, 6))
    return rounded
