"""Numbers as people type them: with comma or point, with spaces between thousands."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

SPACES: Final = re.compile(r"[\s\u00a0\u202f]+")


class NumberInput(forms.TextInput):
    """A line for a number, which a phone gives its keys for numbers."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """The number as one writes it in Swedish, and as it was typed where it is none."""
        if isinstance(value, float | int) and not isinstance(value, bool):
            return f"{value:.12g}".replace(".", ",")
        told = super().format_value(value)
        return None if told is None else str(told)


class NumberField(forms.FloatField):
    """A number, never a text: what is none is refused with words that say what to do instead."""

    widget = NumberInput
    default_error_messages = {  # noqa: RUF012
        "invalid": _("Skriv ett tal, till exempel 31,2. Saknas det, lämna rutan tom."),
    }

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.localize = False

    def to_python(self, value: Any) -> Any:
        """The number; raises ValidationError for what is none."""
        if isinstance(value, str):
            value = SPACES.sub("", value).replace("\u2212", "-").removesuffix("%")
            if value.count(",") == 1 and "." not in value:
                value = value.replace(",", ".")
        return super().to_python(value)


class YearField(forms.IntegerField):
    """A year, with its four digits."""

    widget = forms.TextInput
    default_error_messages = dict.fromkeys(
        ("invalid", "min_value", "max_value"), _("Skriv året med fyra siffror, till exempel 2026.")
    )

    def __init__(self, **more: Any) -> None:
        super().__init__(**{**more, "min_value": 1900, "max_value": 2200})
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}


class WholeField(forms.DecimalField):
    """A whole number of kronor, as typed: 1 200 000 or 1200000 kr."""

    widget = forms.TextInput
    default_error_messages = {  # noqa: RUF012
        "invalid": _("Skriv beloppet i hela kronor, till exempel 1 200 000."),
    }

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        """The amount; raises ValidationError for what is none."""
        if isinstance(value, str):
            value = SPACES.sub("", value).lower().removesuffix("kr").removesuffix("kronor")
        return super().to_python(value)
