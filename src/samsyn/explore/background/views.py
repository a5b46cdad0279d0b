"""The pages of this room, but the one about changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from samsyn.explore import taking
from samsyn.explore.asking import asked
from samsyn.explore.background import holdings, taking_home
from samsyn.explore.background.examples import examples
from samsyn.explore.background.literature import LITERATURE
from samsyn.explore.background.mathml import mathml
from samsyn.explore.background.method_facts import formula, method_facts
from samsyn.explore.background.tested import ASSESSED, SHORTCOMINGS, TESTS, UPDATED
from samsyn.explore.problems import WrongParameterError
from samsyn.publish.contact import contact
from samsyn.publish.downloads import TABLES
from samsyn.publish.findings import told
from samsyn.statistics.query.shelf import served

# How far places are from each other: see docs/methods/similarity.md.
DISTANCE = r"d_{ab} = \sqrt{\frac{\sum_c w_c (s_{ac} - s_{bc})^2}{\sum_c w_c}}"
PARTS = ("sources", "coverage", "findings")


def prose(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """A page of running text: each language has its own, written and read as a whole."""
    now = asked(request)
    told = {"asked": now, "prose": f"background/prose/{name}.{now.language}.html"}
    return render(request, f"background/{name}.html", {**told, **context})


def methods(request: HttpRequest) -> HttpResponse:
    """How everything is computed."""
    context = {
        "facts": method_facts(asked(request).language),
        "inequality": formula("dissimilarity", display=True),
        "distance": mark_safe(mathml(DISTANCE, display=True)),
        "literature": LITERATURE,
    }
    return prose(request, "methods", context)


def about_data(request: HttpRequest) -> HttpResponse:
    """Where the figures come from, what they cover, what was found and what is missing."""
    now = asked(request)
    manifest = now.release.manifest
    held = holdings.holdings(now.release, now.language)
    listed = [
        {"name": one.name, "created": _moment(one.created), "shown": one.name == now.release.name,
         "current": one.current}
        for one in reversed(served().store.releases())
        if one.problem is None
    ]  # fmt: skip
    context = {
        "asked": now,
        "manifest": manifest,
        "made": _moment(manifest.created),
        "held": held,
        "findings": [
            {**row, "check": holdings.CHECKS.get(row["check"], row["check"]),
             "severity": holdings.SEVERITIES.get(row["severity"], row["severity"]),
             "told": told(row["message"], now.language, now.release)}
            for row in now.release.findings.iter_rows(named=True)
        ],
        "releases": listed,
        "forms": list(TABLES),
        "about": holdings.told(now.release, now.language, _("Om uppgifterna i Samsyn")),
    }  # fmt: skip
    return render(request, "background/about_data.html", context)


def about_data_table(request: HttpRequest, form: str) -> HttpResponse:
    """What the page about the figures tells, to take home: `?part=` says which of its tables."""
    now = asked(request)
    part = request.GET.get("part") or PARTS[0]
    if part not in PARTS:
        raise WrongParameterError(
            _("Det finns ingen del som heter ”%(part)s”. Det finns: %(parts)s.")
            % {"part": part, "parts": ", ".join(PARTS)}
        )
    titles = {
        "sources": _("Källor till uppgifterna i Samsyn"),
        "coverage": _("Vad uppgifterna i Samsyn täcker"),
        "findings": _("Vad kontrollerna fann"),
    }
    about = holdings.told(now.release, now.language, titles[part])
    name = f"samsyn-{now.release.name}-{part}"
    if part == "coverage":
        return taking.table(request, now, holdings.coverage_table(now.release), about, form, name)
    frame = holdings.sources_table(now.release) if part == "sources" else now.release.findings
    return taking_home.texts(request, now, frame, about, form, name)


def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that the law asks for, and what the tests can answer for."""
    context = {
        "contact": contact(settings.SAMSYN_OPERATOR, settings.SAMSYN_CONTACT),
        "tests": TESTS,
        "shortcomings": SHORTCOMINGS,
        "assessed": date.fromisoformat(ASSESSED),
        "updated": date.fromisoformat(UPDATED),
    }
    return prose(request, "accessibility", context)


def about_api(request: HttpRequest) -> HttpResponse:
    """How programs ask for the figures, with examples that work against this very site."""
    now = asked(request)
    site = f"{request.scheme}://{request.get_host()}"
    context = {"site": site, **examples(now.release, site)}
    return prose(request, "about_api", context)


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
