"""What a server says when it does not answer as asked, on one line."""

from __future__ import annotations

import html
import json
import re

LONGEST = 200  # characters of a page that a message shows


def words(status: int, content: bytes) -> str:
    """What a server says of an error: its problem details (RFC 9457), or the text that came."""
    import httpx

    name = f"{status} {httpx.codes.get_reason_phrase(status)}".strip()
    try:
        problem = json.loads(content)
    except ValueError:
        said = beginning(content)
        return f"{name}: {said}" if said else name
    if not isinstance(problem, dict):
        return name
    parts = [str(problem[key]) for key in ("title", "detail") if problem.get(key)]
    return f"{name}: {': '.join(parts)}" if parts else name


def beginning(content: bytes) -> str:
    """The beginning of a page or a text, on one line."""
    text = re.sub(r"(?s)<(script|style).*?</\1>|<[^>]*>", " ", content.decode("utf-8", "replace"))
    line = " ".join(html.unescape(text).split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
