"""The head of pages of work: whose they are, and the ways between organisations."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from samsyn.people.belonging import memberships_of
from samsyn.people.models import Organisation, Role, Standing
from samsyn.people.viewing import viewer

register = template.Library()


@register.inclusion_tag("people/own.html", takes_context=True)
def own_head(context: Context) -> dict[str, Any]:
    """Who is logged in, their organisations, and the pages of the one that is shown."""
    request = context.get("request")
    if request is None or not hasattr(request, "user"):
        return {}
    who = viewer(request)
    if who.account is None:
        return {"request": request, "page": context.get("page")}
    shown = context.get("organisation")
    shown = shown if isinstance(shown, Organisation) and shown.pk else None
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "account": who.account,
        "shown": shown,
        "inside": shown is not None and who.has(shown, Role.READER),
        "manages": shown is not None and who.may_manage(shown),
        "administers": who.administers,
        "officer": who.standing is Standing.OFFICER,
        "others": [
            one.organisation
            for one in memberships_of(who.account)
            if shown is None or one.organisation_id != shown.pk
        ],
    }
