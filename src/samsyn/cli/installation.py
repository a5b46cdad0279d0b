"""The installation that a command works in: what people have written, as the site sees it."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.util import find_spec


def need_packages() -> None:
    """Raise InputError where the packages of the site are not installed."""
    from samsyn.measure import InputError

    if any(find_spec(name) is None for name in ("django", "granian", "whitenoise")):
        raise InputError("The site needs more packages: install samsyn[site]")


def use() -> None:
    """Let Django know of the installation; nothing is made or changed in it.

    Raises InputError where its settings are wrong, or where the site's packages are not installed.
    """
    from samsyn.measure import InputError

    need_packages()
    import django
    from django.apps import apps
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.site.settings")
    try:
        if not apps.ready:
            django.setup()
    except (ImproperlyConfigured, ValueError) as error:
        raise InputError(" ".join(str(error).split())) from error


def prepare(tell: Callable[[str], None]) -> None:
    """Make what the installation lacks, and let Django know of it.

    `tell` is called when tables are made or changed. Raises InputError where it cannot be done.
    """
    need_packages()
    from samsyn.site import preparing

    preparing.prepare(tell)
    use()
