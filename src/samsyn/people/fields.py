"""Fields of codes: one or several of a classification, whose labels follow the page's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import lazystr
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsyn.statistics.classifications import classification


def choices(name: str) -> list[tuple[str, str]]:
    """The codes of a classification with their labels in the language of the page."""
    return [(code, label(name, code)) for code in classification(name).entries]


def label(name: str, code: str) -> str:
    """What a code is called in the language of the page."""
    return classification(name).label(code, (get_language() or "sv")[:2])


def _require(name: str, code: object) -> None:
    if not isinstance(code, str) or code not in classification(name).entries:
        raise ValidationError(_("Det finns ingen sådan kod: %(code)s"), params={"code": code})


class CodeField(models.CharField):
    """A code of a classification, or nothing. A new code is data and needs no migration."""

    def __init__(self, of: str, *args: Any, **more: Any) -> None:
        self.of = of
        super().__init__(*args, **{"max_length": 40, **more})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """How migrations write it."""
        name, path, args, more = super().deconstruct()
        return name, path, [self.of, *args], more

    def validate(self, value: Any, instance: Any) -> None:
        """Raise ValidationError for what is no code of the classification."""
        super().validate(value, instance)
        if value:
            _require(self.of, value)

    def formfield(self, **more: Any) -> Any:
        """A choice of one; a list, or buttons where `widget` says so."""
        empty = [("", lazystr(_("Välj")))] if self.blank or not self.has_default() else []
        given = {
            "label": self.verbose_name, "help_text": self.help_text, "required": not self.blank,
            "initial": self.get_default() if self.has_default() else None, **more,
        }  # fmt: skip
        for unused in ("max_length", "choices_form_class", "empty_value"):
            given.pop(unused, None)
        return forms.ChoiceField(choices=lambda: [*empty, *choices(self.of)], **given)


class CodesField(models.JSONField):
    """Codes of a classification, in its order, none twice."""

    def __init__(self, of: str, *args: Any, **more: Any) -> None:
        self.of = of
        super().__init__(*args, **{"default": list, "blank": True, **more})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """How migrations write it."""
        name, path, args, more = super().deconstruct()
        return name, path, [self.of, *args], more

    def ordered(self, codes: Iterable[str]) -> list[str]:
        """The codes in the order of the classification, those that it does not know last."""
        known = list(classification(self.of).entries)
        return sorted(codes, key=lambda one: known.index(one) if one in known else len(known))

    def validate(self, value: Any, instance: Any) -> None:
        """Raise ValidationError for what are not codes of the classification."""
        if not isinstance(value, list):
            raise ValidationError(_("Det här är ingen lista av koder."))
        for code in value:
            _require(self.of, code)
        if not value and not self.blank:
            raise ValidationError(_("Välj minst en."))

    def formfield(self, **more: Any) -> Any:
        """Boxes to tick."""
        given = {
            "label": self.verbose_name, "help_text": self.help_text, "required": not self.blank,
            "widget": forms.CheckboxSelectMultiple, **more,
        }  # fmt: skip
        for unused in ("encoder", "decoder", "choices_form_class", "initial"):
            given.pop(unused, None)
        return forms.MultipleChoiceField(choices=lambda: choices(self.of), **given)
