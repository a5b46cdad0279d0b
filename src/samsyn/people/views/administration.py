"""The pages of those who keep the installation: which organisations and accounts there are.

What organisations write is not theirs to see.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samsyn.people import accounts, letters, notices
from samsyn.people.models import Account, Membership, Organisation, Standing
from samsyn.people.own_data import left_without_lead
from samsyn.people.viewing import known, viewer

PAGE: Final = 50


class AccountForm(forms.ModelForm):
    """An account as administrators change it."""

    class Meta:
        model = Account
        fields: ClassVar = ["name", "email", "standing", "is_active"]
        labels: ClassVar = {
            "standing": gettext_lazy("Uppgift i installationen"),
            "is_active": gettext_lazy("Kontot är öppet"),
        }
        help_texts: ClassVar = {
            "email": gettext_lazy(
                "Den som läser brev till adressen kan få ett nytt lösenord till kontot."
            ),
        }

    def clean_email(self) -> str:
        """The address in the one form in which it is another's or not."""
        return str(self.cleaned_data["email"]).strip().lower()


@known
def administration(request: HttpRequest) -> HttpResponseBase:
    """Organisations and accounts, with a search in both; for officers the organisations only."""
    who = viewer(request)
    if who.standing is Standing.NONE:
        raise Http404
    asked = request.GET.get("q", "").strip()
    named = Q(name__icontains=asked)
    organisations = Organisation.objects.filter(named | Q(number__icontains=asked))
    people = Account.objects.filter(named | Q(email__icontains=asked), erased=None)
    told: dict[str, Any] = {
        "asked": asked,
        "organisations": Paginator(
            organisations.annotate(people=Count("memberships")).order_by("name", "pk"), PAGE
        ).get_page(request.GET.get("organisationer")),
        "administers": who.administers,
    }
    if who.administers:
        told["accounts"] = Paginator(
            people.annotate(places=Count("memberships")).order_by("email"), PAGE
        ).get_page(request.GET.get("konton"))
    return render(request, "people/administration.html", told)


@known
def account(request: HttpRequest, key: int) -> HttpResponseBase:
    """An account, and the form to change it."""
    _require_administrator(request)
    found = get_object_or_404(Account, pk=key, erased=None)
    form = AccountForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        before = Account.objects.get(pk=key).email
        try:
            accounts.change(form.instance)
        except accounts.LastAdministratorError:
            text = _("Någon måste vara administratör. Gör först någon annan till det.")
            form.add_error(None, text)
        else:
            if form.instance.email != before:
                notices.of_log_in(request, form.instance, "address", before)
            messages.success(request, _("Sparat."))
            stranded = [] if form.instance.is_active else left_without_lead(form.instance)
            if stranded:
                text = _("Nu är ingen ansvarig i %(names)s. Gör någon annan till ansvarig där.")
                messages.error(request, text % {"names": ", ".join(map(str, stranded))})
            return redirect("administered-account", key)
    told: dict[str, Any] = {
        "form": form,
        "account": Account.objects.get(pk=key),
        "two_steps": accounts.has_second_step(found),
        "memberships": Membership.objects.filter(account=key).select_related("organisation"),
    }
    return render(request, "people/account.html", told, status=400 if form.errors else 200)


@known
@require_POST
def send_link(request: HttpRequest, key: int) -> HttpResponseBase:
    """Send somebody the way to a new password."""
    _require_administrator(request)
    found = get_object_or_404(Account, pk=key, is_active=True)
    with translation.override(found.language):
        address = request.build_absolute_uri(accounts.password_path(found))
    if letters.send("password", found.email, found.language, address=address):
        messages.success(request, _("Ett brev är skickat till %(who)s.") % {"who": found.email})
    else:
        messages.error(request, _("Brevet gick inte att skicka just nu. Försök om en stund."))
    return redirect("administered-account", key)


@known
@require_POST
def one_step(request: HttpRequest, key: int) -> HttpResponseBase:
    """Let somebody who has lost their phone log in with the password alone."""
    _require_administrator(request)
    found = get_object_or_404(Account, pk=key, erased=None)
    if accounts.has_second_step(found):
        accounts.without_second_step(found)
        notices.of_log_in(request, found, "one step")
    messages.success(request, _("%(who)s loggar nu in utan kod.") % {"who": found})
    return redirect("administered-account", key)


def _require_administrator(request: HttpRequest) -> None:
    if viewer(request).standing is not Standing.ADMINISTRATOR:
        raise Http404
