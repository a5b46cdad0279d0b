"""Who belongs to an organisation: the list, roles, invitations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.validators import validate_email
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samsyn.people import inviting
from samsyn.people.belonging import LastLeadError, change_role, remove
from samsyn.people.models import Account, Invitation, Membership, Organisation, Role
from samsyn.people.notices import of_administrator
from samsyn.people.viewing import known, viewer

AT_ONCE = 20


class InvitationForm(forms.Form):
    """Whom to ask, and as what they would join."""

    emails = forms.CharField(
        label=gettext_lazy("E-postadress"), max_length=4_000,
        help_text=gettext_lazy("Flera på en gång går bra: en på varje rad."),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    role = forms.ChoiceField(
        label=gettext_lazy("Roll"), choices=Role.choices, initial=Role.CONTRIBUTOR
    )

    def __init__(
        self, *args: Any, organisation: Organisation, by: Account | None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.organisation, self.by = organisation, by

    def clean_emails(self) -> list[str]:
        """The addresses, each once. Raises ValidationError that names the one that is wrong."""
        told = self.cleaned_data["emails"].replace(",", " ").replace(";", " ").lower().split()
        addresses = list(dict.fromkeys(told))
        for address in addresses:
            try:
                validate_email(address)
            except forms.ValidationError as error:
                text = _("%(address)s är ingen e-postadress.") % {"address": address}
                raise forms.ValidationError(text) from error
        there = Membership.objects.filter(
            organisation=self.organisation, account__email__in=addresses
        ).select_related("account")
        for member in there:
            text = _("%(who)s är redan med.") % {"who": member.account}
            raise forms.ValidationError(text)
        if len(addresses) > AT_ONCE:
            raise forms.ValidationError(_("Bjud in högst tjugo åt gången."))
        if self.by is None or not inviting.room_for(self.by, len(addresses)):
            raise forms.ValidationError(
                _("Du har skickat så många inbjudningar som går på en dag. Fortsätt i morgon.")
            )
        return addresses


@known
def members(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The list, for members; with forms for those who decide who belongs to it."""
    return _listed(request, _seen(request, slug), None)


@known
@require_POST
def invite(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Ask people to join. Whether they have an account here is not told."""
    organisation, by = managed(request, slug), viewer(request).account
    assert by is not None
    form = InvitationForm(request.POST, organisation=organisation, by=by)
    if not form.is_valid():
        return _listed(request, organisation, form)
    role = Role(form.cleaned_data["role"])
    for address in form.cleaned_data["emails"]:
        _tell(request, address, inviting.invite(request, organisation, address, role, by))
    of_administrator(
        request, organisation,
        lambda: _("Bjöd in %(who)s som %(role)s.")
        % {"who": ", ".join(form.cleaned_data["emails"]), "role": role.label},
    )  # fmt: skip
    return redirect("members", slug)


@known
@require_POST
def role(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Give a member another role."""
    member = get_object_or_404(Membership, organisation=managed(request, slug), pk=key)
    chosen = request.POST.get("role", "")
    if chosen not in Role.values:
        messages.error(request, _("Välj en av rollerna."))
        return redirect("members", slug)
    try:
        change_role(member, Role(chosen))
    except LastLeadError:
        _last(request)
    else:
        text = _("%(who)s är nu: %(role)s.")
        messages.success(request, text % {"who": member.account, "role": member.get_role_display()})
        of_administrator(
            request, member.organisation,
            lambda: _("Gav %(who)s rollen %(role)s.")
            % {"who": member.account, "role": member.get_role_display()}, member.account,
        )  # fmt: skip
    return redirect("members", slug)


@known
@require_POST
def let_go(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Take a member away; who leads may take anybody, others themselves."""
    organisation, who = _seen(request, slug), viewer(request)
    member = get_object_or_404(Membership, organisation=organisation, pk=key)
    own = who.account is not None and member.account_id == who.account.pk
    if not own and not who.may_manage(organisation):
        raise Http404
    try:
        remove(member)
    except LastLeadError:
        _last(request)
        return redirect("members", slug)
    told = {"who": member.account, "organisation": organisation}
    if own:
        messages.success(request, _("Du hör inte längre till %(organisation)s.") % told)
        return redirect("work")
    messages.success(request, _("%(who)s hör inte längre till %(organisation)s.") % told)
    of_administrator(request, organisation, lambda: _("Tog bort %(who)s.") % told, member.account)
    return redirect("members", slug)


@known
@require_POST
def send_again(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Send an invitation once more."""
    organisation, by = managed(request, slug), viewer(request).account
    asked = get_object_or_404(Invitation, organisation=organisation, pk=key, answered=None)
    if by is None or inviting.waits(asked):
        messages.info(request, _("Brevet har nyss skickats. Vänta ett par minuter."))
    elif not inviting.room_for(by, 1):
        text = _("Du har skickat så många inbjudningar som går på en dag. Fortsätt i morgon.")
        messages.info(request, text)
    else:
        _tell(request, asked.email, inviting.again(request, asked, by))
    return redirect("members", slug)


@known
@require_POST
def withdraw(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Take an invitation back: its link opens nothing any longer."""
    asked = get_object_or_404(
        Invitation, organisation=managed(request, slug), pk=key, answered=None
    )
    asked.delete()
    messages.success(request, _("Inbjudan till %(who)s gäller inte längre.") % {"who": asked.email})
    return redirect("members", slug)


def managed(request: HttpRequest, slug: str) -> Organisation:
    """The organisation in an address, for those who decide who belongs to it; else Http404."""
    found = get_object_or_404(Organisation, slug=slug)
    if not viewer(request).may_manage(found):
        raise Http404
    return found


def _seen(request: HttpRequest, slug: str) -> Organisation:
    found = get_object_or_404(Organisation, slug=slug)
    who = viewer(request)
    if not who.has(found, Role.READER) and not who.administers:
        raise Http404
    return found


def _listed(
    request: HttpRequest, organisation: Organisation, form: InvitationForm | None
) -> HttpResponseBase:
    who = viewer(request)
    manages = who.may_manage(organisation)
    told: dict[str, Any] = {
        "organisation": organisation, "manages": manages, "own": who.account,
        "inside": who.has(organisation, Role.READER), "roles": Role.choices,
        "memberships": Membership.objects.filter(organisation=organisation)
        .select_related("account").order_by("account__name", "account__email"),
        "invitations": inviting.open_invitations(organisation) if manages else [],
        "form": form or InvitationForm(organisation=organisation, by=who.account),
    }  # fmt: skip
    return render(request, "people/members.html", told, status=400 if form else 200)


def _tell(request: HttpRequest, address: str, sent: bool) -> None:
    if sent:
        messages.success(request, _("Ett brev är skickat till %(who)s.") % {"who": address})
    else:
        text = _(
            "Brevet till %(who)s gick inte att skicka just nu. Inbjudan finns kvar i listan: "
            "skicka den igen om en stund."
        )
        messages.error(request, text % {"who": address})


def _last(request: HttpRequest) -> None:
    text = _("Någon måste vara ansvarig för organisationen. Gör först någon annan till ansvarig.")
    messages.error(request, text)
