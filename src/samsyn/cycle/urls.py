"""The addresses of the cycle that are not those of every record."""

from __future__ import annotations

from django.urls import include, path

from samsyn.cycle.views import start

urlpatterns = [
    path("", include("samsyn.cycle.followed_urls")),
    path("arbete/<slug:slug>/", start.organisation, name="organisation"),
    path("", include("samsyn.cycle.chain.urls")),
]
