"""The addresses for programs. None has a language in it: programs ask for one.

A release has addresses of its own, for clients that take the beginning of an address and no more.
"""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("api/v2/", include("samsyn.api.pxweb.urls")),
    path("release/<str:release>/api/v2/", include("samsyn.api.pxweb.urls")),
    path("api/geo/", include("samsyn.api.geometry.urls")),
    path("api/", include("samsyn.api.figures.urls")),
    path("", include("samsyn.api.catalogue.urls")),
]
