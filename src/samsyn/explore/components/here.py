"""Addresses of rooms that the pages of figures know nothing of, in the language of the page."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from django.urls import translate_url
from django.utils.translation import get_language, override

KEPT: Final = 512


def here(path: str) -> str:
    """An address without a language as that of the page's own language."""
    return _in(path, get_language() or "sv")


@lru_cache(KEPT)
def _in(path: str, language: str) -> str:
    with override("sv"):  # in which addresses have no language before them
        return translate_url(path, language)
