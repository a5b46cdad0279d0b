"""Drafts that a form keeps by itself while somebody types."""

from __future__ import annotations

import json

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from samsyn.people import drafts
from samsyn.people.viewing import personal, viewer


@personal
@require_POST
def keep(request: HttpRequest) -> HttpResponseBase:
    """Keep what is typed in a form, told as JSON: `form` (its address) and `typed`."""
    account = viewer(request).account
    if account is None:
        return JsonResponse({"kept": False}, status=401)
    try:
        told = json.loads(request.body)
        form, typed = told["form"], drafts.typed_in(told["typed"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return JsonResponse({"kept": False}, status=400)
    if not isinstance(form, str) or not drafts.key_of(form).startswith("/arbete/") or typed is None:
        return JsonResponse({"kept": False}, status=400)
    draft = drafts.keep(account, drafts.key_of(form), typed)
    return JsonResponse({"kept": True, "at": draft.saved.isoformat()})


@personal
@require_POST
def forget(request: HttpRequest) -> HttpResponseBase:
    """Throw a draft away, and go back to its form as it is without."""
    form = request.POST.get("form", "")
    drafts.forget(viewer(request).account, form)
    there = url_has_allowed_host_and_scheme(form, None) and form.startswith("/")
    return redirect(form if there else "work")
