"""What a test does without the program that it needs."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def lacking(program: str, target: str) -> NoReturn:
    """Skips the test with the reason; on a build server, where nothing may be skipped, fails it."""
    reason = (
        f"{program} is missing: run `make {target}` as root, or install it "
        f"(on Debian and Ubuntu: apt-get install {target})"
    )
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
