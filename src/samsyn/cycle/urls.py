"""The addresses of the cycle that are not those of every record."""

from __future__ import annotations

from django.urls import include, path

from samsyn.cycle.views import start

urlpatterns = [
    path("arbete/<slug:slug>/", start.organisation, name="organisation"),
    path("", include("samsyn.cycle.chain.urls")),
]
