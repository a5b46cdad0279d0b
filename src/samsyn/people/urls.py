"""The addresses of accounts and organisations. Those of records come last: see `record_urls`."""

from __future__ import annotations

from django.urls import include, path

from samsyn.people.views import organisations

urlpatterns = [
    path("konto/", include("allauth.urls")),
    path("arbete/", organisations.work, name="work"),
    path("arbete/ny/", organisations.new, name="new-organisation"),
]
