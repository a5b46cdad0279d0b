"""Selection expressions: `*`, patterns with * and ?, top, bottom, from, to and range.

Of time, `top` is the newest and `bottom` the oldest; of other dimensions the first and the last.
"""

from __future__ import annotations

import re
from fnmatch import translate
from typing import Final

from samsyn.api.problems import ProblemError
from samsyn.api.pxweb.tables import Dimension

CALL: Final = re.compile(r"(top|bottom|from|to|range)\((.*)\)", re.IGNORECASE | re.DOTALL)
COUNT: Final = re.compile(r"[1-9]\d{0,8}")
OFFSET: Final = re.compile(r"\d{1,9}")
LONGEST: Final = 80  # characters of a pattern


def chosen(dimension: Dimension, expressions: list[str]) -> list[str]:
    """The codes that expressions choose, each once, in the dimension's own order.

    Raises ProblemError for what is neither a code nor an expression, and what chooses nothing.
    """
    places: set[int] = set()
    for expression in expressions:
        at = dimension.places.get(expression)
        if at is None:
            at = dimension.places.get(expression.casefold())
        if at is not None:
            places.add(at)
            continue
        found = _expanded(dimension, expression.strip())
        if not found:
            raise ProblemError(400, f"{_quoted(expression)} chooses nothing of {dimension.code}")
        places.update(found)
    codes = dimension.codes
    return [codes[at] for at in sorted(places)]


def _expanded(dimension: Dimension, expression: str) -> range | list[int]:
    """The places that an expression chooses."""
    size = len(dimension.codes)
    if expression == "*":
        return range(size)
    call = CALL.fullmatch(expression)
    if call:
        return _called(dimension, call[1].lower(), [part.strip() for part in call[2].split(",")])
    if ("*" in expression or "?" in expression) and len(expression) <= LONGEST:
        # Several stars in a row say the same as one.
        plain = re.sub(r"\*+", "*", expression).casefold().replace("[", "[[]")
        fits = re.compile(translate(plain)).match
        return [at for at, code in enumerate(dimension.codes) if fits(code.casefold())]
    raise ProblemError(
        400,
        f"{_quoted(expression)} is not a code of {dimension.code}. /metadata lists its codes; an "
        "expression is *, a pattern with * or ?, top(n), bottom(n), from(code), to(code) or "
        "range(code,code)",
    )


def _called(dimension: Dimension, name: str, told: list[str]) -> range:
    size = len(dimension.codes)
    if name in {"top", "bottom"}:
        if len(told) > 2 or not COUNT.fullmatch(told[0]) or not _offset(told):
            raise ProblemError(
                400, f"{name} takes how many, and where to begin: {name}(3) or {name}(3,1)"
            )
        count, offset = int(told[0]), int(told[1]) if len(told) == 2 else 0
        # Periods stand with the oldest first.
        from_end = (name == "top") == (dimension.code == "Tid")
        if from_end:
            return range(max(0, size - offset - count), max(0, size - offset))
        return range(min(size, offset), min(size, offset + count))
    if len(told) != (2 if name == "range" else 1):
        raise ProblemError(400, "Write from(code), to(code) or range(code,code)")
    ends = [_place(dimension, code) for code in told]
    if name == "range":
        return range(min(ends), max(ends) + 1)
    return range(ends[0], size) if name == "from" else range(ends[0] + 1)


def _offset(told: list[str]) -> bool:
    return len(told) == 1 or bool(OFFSET.fullmatch(told[1]))


def _place(dimension: Dimension, code: str) -> int:
    at = dimension.places.get(code, dimension.places.get(code.casefold()))
    if at is None:
        raise ProblemError(400, f"{_quoted(code)} is not a code of {dimension.code}")
    return at


def _quoted(text: str) -> str:
    return f'"{text[:LONGEST]}"'
