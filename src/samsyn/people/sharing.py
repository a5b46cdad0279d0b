"""Who a record is shown to: what can be chosen, what follows from it, and the choice itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.people.access import Action, Viewer
from samsyn.people.history import SHARED
from samsyn.people.kinds import Kind, kind_of, kinds
from samsyn.people.lying import lying_in
from samsyn.people.models import Organisation, Record, Role, Visibility
from samsyn.people.saving import touch

MEANINGS: Final = {
    Visibility.PRIVATE: gettext_lazy("Bara de som arbetar i organisationen ser posten."),
    Visibility.SHARED: gettext_lazy(
        "De som arbetar i de organisationer som väljs ser posten, kommentarerna och filerna. De "
        "kan kommentera, men inte ändra."
    ),
    Visibility.PUBLIC: gettext_lazy(
        "Alla kan läsa posten, också utan att logga in. Kommentarer, filer, historik och namn på "
        "personer visas inte."
    ),
}


class SharingForm(forms.Form):
    """Who sees a record. Organisations are ticked among those at hand, or named."""

    visibility = forms.ChoiceField(label=gettext_lazy("Vem ser posten?"), widget=forms.RadioSelect)
    with_whom = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Organisationer"), queryset=Organisation.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    another = forms.CharField(
        label=gettext_lazy("Lägg till en organisation"), required=False, max_length=200,
        help_text=gettext_lazy("Skriv dess namn som det står i Samsyn."),
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
    )  # fmt: skip
    all_within = forms.BooleanField(
        label=gettext_lazy("Samma sak för allt som hör till"), required=False
    )

    def __init__(self, *args: Any, record: Record, kind: Kind, who: Viewer, **more: Any) -> None:
        super().__init__(*args, **more)
        self.record = record
        visibility = self.fields["visibility"]
        assert isinstance(visibility, forms.ChoiceField)
        visibility.choices = [
            (value, text) for value, text in Visibility.choices
            if value != Visibility.PUBLIC or kind.open_to_public
        ]  # fmt: skip
        self.initial.setdefault("visibility", record.visibility)
        self.initial.setdefault("with_whom", list(record.shared_with.all()))
        had = [one.pk for one in self.initial["with_whom"]]
        others = (
            Organisation.objects.exclude(pk=record.organisation_id)
            .filter(Q(closed=None) | Q(pk__in=had)).select_related("parent")
        )  # fmt: skip
        field = self.fields["with_whom"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = others
        ticked = {str(one) for one in self["with_whom"].value() or []} | {str(one) for one in had}
        near = near_to(record, who)
        self.others = told_apart(others)
        field.choices = [
            (one.pk, name) for one, name in self.others if one.pk in near or str(one.pk) in ticked
        ]
        self.within = lying_in(record)
        if not self.within:
            del self.fields["all_within"]

    def clean(self) -> dict[str, Any]:
        """Take the organisation that is named with those that are ticked."""
        told = super().clean() or {}
        chosen = list(told.get("with_whom") or [])
        name = (told.get("another") or "").strip()
        if name:
            named = [one for one in self.others if name.casefold() in _called(*one)]
            if not named:
                self.add_error(
                    "another", _("Det finns ingen annan organisation i Samsyn som heter så.")
                )
            elif len(named) > 1:
                text = _("Flera heter så. Skriv en av dem som den står här: %(names)s.")
                names = "; ".join(told for _one, told in named)
                self.add_error("another", text % {"names": names})
            else:
                chosen += [one for one, _told in named if one not in chosen]
        if told.get("visibility") != Visibility.SHARED:
            chosen = []
        elif not chosen and not name:
            self.add_error("with_whom", _("Välj minst en organisation att dela med."))
        told["with_whom"] = chosen
        return told


def told_apart(organisations: Iterable[Organisation]) -> list[tuple[Organisation, str]]:
    """Organisations with their names; where several have the same, with what tells them apart.

    Anybody may call an organisation what they like: what is shared must not go to another of the
    same name.
    """
    there = list(organisations)
    count = Counter(one.name.casefold() for one in there)
    return [
        (one, one.name if count[one.name.casefold()] == 1 else f"{one.name} ({_apart(one)})")
        for one in there
    ]


def _apart(one: Organisation) -> str:
    return one.parent.name if one.parent else one.number or one.slug


def _called(one: Organisation, told: str) -> set[str]:
    return {one.name.casefold(), told.casefold()}


def near_to(record: Record, who: Viewer) -> set[int]:
    """Organisations that are likely: the record's own family, and those that one works in."""
    own = record.organisation
    family = Organisation.objects.filter(parent=own).values_list("pk", flat=True)
    near = {*family, own.parent_id, *who.roles}
    for kind in kinds().values():
        through: Any = kind.model.shared_with.through._default_manager
        of = {f"{kind.model._meta.model_name}__organisation": own}
        near |= set(through.filter(**of).values_list("organisation", flat=True).distinct())
    return {key for key in near if key is not None and key != own.pk}


@transaction.atomic
def share(
    records: Sequence[Record], visibility: str, with_whom: Iterable[Organisation], who: Viewer
) -> int:
    """Let records be seen by those, where the viewer may decide that; how many were changed.

    What may never be public stays as it is where all else becomes so.
    """
    shared_with = list(with_whom)
    changed = 0
    for record in records:
        public = visibility == Visibility.PUBLIC
        if not who.may(Action.SHARE, record) or (public and not kind_of(record).open_to_public):
            continue
        record.visibility = visibility
        touch(record, SHARED)
        record.shared_with.set(shared_with)
        changed += 1
    return changed


def shared_to(organisation: Organisation, who: Viewer) -> list[tuple[Kind, QuerySet[Any]]]:
    """What others share with an organisation, by kind."""
    if not who.has(organisation, Role.READER):
        return []
    return [
        (
            kind,
            kind.model._default_manager.filter(
                visibility=Visibility.SHARED, shared_with=organisation, removed=None
            )
            .exclude(organisation=organisation).select_related("organisation")
            .order_by("organisation__name", "title", "pk"),
        )
        for kind in kinds().values()
    ]  # fmt: skip


def shared_by(organisation: Organisation) -> list[tuple[Kind, QuerySet[Any]]]:
    """What an organisation lets others see, by kind."""
    return [
        (
            kind,
            kind.model._default_manager.of(organisation).filter(removed=None)
            .exclude(visibility=Visibility.PRIVATE).select_related("organisation")
            .prefetch_related("shared_with").order_by("visibility", "title", "pk"),
        )
        for kind in kinds().values()
    ]  # fmt: skip
