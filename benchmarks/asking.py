"""Questions to a release of the made-up country, by Samsyn; `django_peer` asks the same."""

from __future__ import annotations

import os
import time
from pathlib import Path

from benchmarks.national import memory, on_two_cores
from benchmarks.questions import WARM, Question, questions, said, summary
from benchmarks.timing import Work


def ask() -> Work:
    """Each question once in the order in which they stand; the first ones warm up."""
    on_two_cores()
    from samsyn.statistics.query import Release

    release = Release.open(Path(os.environ["BENCH_RELEASE"]), mapped=True)
    asked = questions(os.environ["BENCH_FORM"])
    took: list[float] = []
    answers: list[tuple[int, float]] = []
    resident = [0.0, 0.0]

    def one(question: Question) -> None:
        began = time.perf_counter()
        frame = release.values(
            question.indicator,
            level=question.level,
            within=question.municipality,
            period=question.period,
            sex=question.part,
            age=question.part,
        )
        took.append(time.perf_counter() - began)
        answers.append((frame.height, float(frame.get_column("value").sum())))

    def call() -> None:
        for question in asked[:WARM]:
            one(question)
        took.clear()
        answers.clear()
        resident[0] = memory(own=True)
        for question in asked:
            one(question)
        resident[1] = memory(own=True)

    def more() -> dict[str, object]:
        return summary(took) | said(answers) | {"resident": resident}

    return Work(call, more=more)
