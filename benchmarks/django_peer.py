"""The same questions put to SQLite through Django's ORM, as a web application would keep them."""

from __future__ import annotations

import os
import time
from pathlib import Path

import django
from django.conf import settings

from benchmarks.questions import WARM, Question, questions, said, summary
from benchmarks.timing import Work

settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ.get("BENCH_DATABASE", ":memory:"),
        }
    },
    DEBUG=False,
    USE_TZ=True,
)
django.setup()

from django.db import models  # noqa: E402  (models are made once the settings are)

COLUMNS = (
    "area", "area__name", "indicator", "period", "value", "status", "numerator", "denominator",
    "sex", "age", "method", "source",
)  # fmt: skip


class Area(models.Model):
    """An area: DeSO and RegSO know their municipality."""

    key = models.TextField(primary_key=True)
    kind = models.TextField()
    name = models.TextField(null=True)
    municipality = models.TextField(null=True, db_index=True)

    class Meta:
        app_label, db_table, managed = "bench", "area", False


class Observation(models.Model):
    """A value of an indicator, in an area and a period, by which there is an index."""

    indicator = models.TextField()
    area = models.ForeignKey(Area, on_delete=models.CASCADE, db_column="area", db_index=False)
    period = models.TextField()
    sex = models.TextField()
    age = models.TextField()
    value = models.FloatField(null=True)
    status = models.TextField()
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    method = models.TextField()
    source = models.IntegerField(null=True)

    class Meta:
        app_label, db_table, managed = "bench", "observation", False


def ask() -> Work:
    """Each question once, in the same order; BENCH_AS says whether as objects or dictionaries."""
    objects = os.environ["BENCH_AS"] == "objects"
    asked = questions(os.environ["BENCH_FORM"])
    took: list[float] = []
    answers: list[tuple[int, float]] = []
    resident = [0.0, 0.0]

    def one(question: Question) -> None:
        began = time.perf_counter()
        found = Observation.objects.filter(
            indicator=question.indicator,
            area__municipality=question.municipality,
            area__kind=question.level,
        )
        if question.period is not None:
            found = found.filter(period=question.period)
        if question.part is not None:
            found = found.filter(sex=question.part, age=question.part)
        found = found.order_by("area", "period", "sex", "age")
        rows = list(found.select_related("area") if objects else found.values(*COLUMNS))
        took.append(time.perf_counter() - began)
        values = [row.value if objects else row["value"] for row in rows]
        answers.append((len(rows), sum(value or 0.0 for value in values)))

    def call() -> None:
        for question in asked[:WARM]:
            one(question)
        took.clear()
        answers.clear()
        resident[0] = _memory()
        for question in asked:
            one(question)
        resident[1] = _memory()

    def more() -> dict[str, object]:
        return summary(took) | said(answers) | {"resident": resident}

    return Work(call, more=more)


def _memory() -> float:
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return 0.0
    return int(statm.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
