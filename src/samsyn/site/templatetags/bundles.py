"""The addresses of what is bundled from frontend/."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.templatetags.static import static

register = template.Library()
MANIFEST = Path(__file__).resolve().parents[1] / "static/bundles/manifest.json"


def _read() -> dict[str, dict[str, str]]:
    try:
        read: dict[str, dict[str, str]] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise RuntimeError("The bundles are missing: run `make bundles`") from error
    return read


_once = cache(_read)


@register.simple_tag
def bundle(name: str) -> str:
    """The address of a bundled file, such as main.css."""
    files = _read() if settings.DEBUG else _once()
    return static(f"bundles/{files[name]['file']}")
