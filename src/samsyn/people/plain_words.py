"""What forms say of what is typed wrong: what, and what to do about it, in words that people use.

Django's own words ("Säkerställ att detta värde har som mest 200 tecken") are those of a manual.
"""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

NOT_THERE: Final = _("Det valet finns inte att välja här. Välj ett av de andra.")
TOO_SMALL: Final = _("Skriv ett tal som är minst %(limit_value)s.")
TOO_LARGE: Final = _("Skriv ett tal som är högst %(limit_value)s.")
WHOLE: Final = _("Skriv ett heltal, bara med siffror.")

WORDS: Final[dict[type[forms.Field], dict[str, Any]]] = {
    forms.Field: {"required": _("Det här behöver fyllas i.")},
    forms.CharField: {
        "max_length": _(
            "Texten är för lång: högst %(limit_value)d tecken får plats, och den har "
            "%(show_value)d."
        ),
    },
    forms.IntegerField: {"invalid": WHOLE, "min_value": TOO_SMALL, "max_value": TOO_LARGE},
    forms.FloatField: {"invalid": _("Skriv ett tal, till exempel 31,2.")},
    forms.DecimalField: {"invalid": _("Skriv ett tal, till exempel 31,2.")},
    forms.DateField: {"invalid": _("Skriv dagen som år, månad och dag: 2026-01-31.")},
    forms.ChoiceField: {"required": _("Välj något här."), "invalid_choice": NOT_THERE},
    forms.MultipleChoiceField: {"invalid_choice": NOT_THERE},
    forms.ModelChoiceField: {"required": _("Välj något här."), "invalid_choice": NOT_THERE},
    forms.ModelMultipleChoiceField: {"invalid_choice": NOT_THERE, "invalid_pk_value": NOT_THERE},
    forms.EmailField: {"invalid": _("Skriv en e-postadress, som namn@example.org.")},
}


def speak_plainly() -> None:
    """Give the fields of all forms these words; called before there are any forms."""
    for field, words in WORDS.items():
        # A dictionary of its own: some kinds of fields share the one of what they derive from.
        field.default_error_messages = {**field.default_error_messages, **words}
