"""Forms with a second button that fills in what the release has, and saves nothing."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.forms.utils import ErrorDict

FETCH: Final = "hamta"  # the name of the button


class Fetching(forms.BaseForm):
    """What such forms have: `refused` says why nothing could be filled in, at the field `AT`."""

    AT: ClassVar[str]

    def begin(self, data: Any) -> None:
        """Note which button was pressed."""
        self.fetching = data is not None and FETCH in data
        self.refused = ""

    def full_clean(self) -> None:
        """Look only at what was asked for, where something is to be filled in."""
        if not self.fetching:
            super().full_clean()
            return
        self._errors = ErrorDict()
        self.cleaned_data = {}
        if self.refused:
            self.add_error(self.AT, self.refused)

    def is_valid(self) -> bool:
        """Whether it can be saved: not when something was to be filled in."""
        return not self.fetching and super().is_valid()
