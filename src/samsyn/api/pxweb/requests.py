"""What a request says: the parameters of its address and, of POST, its body."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from django.http import HttpRequest

from samsyn.api.problems import ProblemError
from samsyn.api.pxweb.listing import LARGEST, PAGE, Query
from samsyn.api.pxweb.selection import Wish

PARAMETER: Final = re.compile(r"(valuecodes|codelist|outputvalues)\[([^\]]+)\]", re.IGNORECASE)
COUNT: Final = re.compile(r"[1-9]\d{0,6}")
MOST_BYTES: Final = 2_000_000  # of a body


def parameter(request: HttpRequest, name: str) -> str | None:
    """A parameter's value, whatever its capitals; None where it is not there or empty."""
    wanted = name.casefold()
    found = (str(value) for key, value in request.GET.items() if key.casefold() == wanted)
    return next((value for value in found if value), None)


def listed(request: HttpRequest, name: str) -> list[str]:
    """The values of a parameter that may stand several times or with commas between."""
    wanted = name.casefold()
    return [
        part
        for key, values in request.GET.lists()
        if key.casefold() in {wanted, f"{wanted}[]"}
        for value in values
        for part in split(value)
    ]


def flag(request: HttpRequest, name: str) -> bool:
    """Whether a parameter is true. Raises ProblemError where it is neither true nor false."""
    told = (parameter(request, name) or "false").lower()
    if told not in {"true", "false"}:
        raise ProblemError(400, f"{name} is true or false")
    return told == "true"


def query_of(request: HttpRequest) -> Query:
    """Which tables are asked for. Raises ProblemError for what is no count."""
    flag(request, "includeDiscontinued")  # none is
    days = parameter(request, "pastDays")
    return Query(
        parameter(request, "query") or "",
        None if days is None else _count(days, "pastDays", 36_500),
        _count(parameter(request, "pageNumber") or "1", "pageNumber", 1_000_000),
        _count(parameter(request, "pageSize") or str(PAGE), "pageSize", LARGEST),
    )


def wish_of(request: HttpRequest) -> Wish:
    """What is wished for by the address, and of POST by the body, which goes first."""
    codes: dict[str, list[str]] = {}
    lists: dict[str, str] = {}
    for key, values in request.GET.lists():
        found = PARAMETER.fullmatch(key)
        if found is None:
            continue
        what, name = found[1].lower(), found[2].strip()
        if what == "valuecodes":
            codes.setdefault(name, []).extend(part for value in values for part in split(value))
        elif what == "codelist":
            lists[name] = values[-1]
    heading, stub = listed(request, "heading"), listed(request, "stub")
    if request.method != "POST":
        return Wish(codes, lists, heading, stub)
    told = _body(request)
    posted, posted_lists = _selection(told)
    placement = {} if told.get("placement") is None else told["placement"]
    if not isinstance(placement, dict):
        raise ProblemError(400, "placement is an object with heading and stub")
    return Wish(
        {**codes, **posted},
        {**lists, **posted_lists},
        _texts(placement.get("heading"), "placement.heading") or heading,
        _texts(placement.get("stub"), "placement.stub") or stub,
    )


def split(text: str) -> list[str]:
    """Values with commas between; a comma within parentheses or brackets is the value's own."""
    parts, depth, start = [], 0, 0
    for at, sign in enumerate(text):
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth = max(0, depth - 1)
        elif sign == "," and not depth:
            parts.append(text[start:at])
            start = at + 1
    parts.append(text[start:])
    stripped = (part.strip() for part in parts)
    # Brackets keep the commas of a code together.
    return [
        part[1:-1] if part.startswith("[") and part.endswith("]") else part
        for part in stripped
        if part
    ]


def _body(request: HttpRequest) -> dict[str, Any]:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise ProblemError(413, f"A selection has at most {MOST_BYTES:,} bytes")
    content = request.body
    if not content.strip():
        return {}
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        raise ProblemError(400, "The body is not JSON") from None
    if not isinstance(told, dict):
        raise ProblemError(400, 'The body is an object: {"selection": [...]}')
    return told


def _selection(told: dict[str, Any]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Expressions and code lists by dimension, as a body tells them."""
    codes: dict[str, list[str]] = {}
    lists: dict[str, str] = {}
    selection = [] if told.get("selection") is None else told["selection"]
    if not isinstance(selection, list):
        raise ProblemError(400, "selection is a list")
    for one in selection:
        name = one.get("variableCode") if isinstance(one, dict) else None
        if not isinstance(name, str) or not name:
            raise ProblemError(400, "Each part of selection has a variableCode, which is a text")
        codes.setdefault(name, []).extend(_texts(one.get("valueCodes"), "valueCodes"))
        # The name has been written in both ways.
        applied = one.get("codelist", one.get("codeList"))
        if applied is not None:
            if not isinstance(applied, str):
                raise ProblemError(400, "codelist is a text")
            lists[name] = applied
    return codes, lists


def _texts(told: Any, what: str) -> list[str]:
    if told is None:
        return []
    if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
        raise ProblemError(400, f"{what} is a list of texts")
    return list(told)


def _count(text: str, name: str, most: int) -> int:
    if not COUNT.fullmatch(text.strip()) or int(text) > most:
        raise ProblemError(400, f"{name} is a whole number from 1 to {most}")
    return int(text)
