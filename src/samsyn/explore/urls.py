"""The addresses of the public pages."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("samsyn.explore.start.urls")),
    path("omrade/", include("samsyn.explore.place.urls")),
    path("indikator/", include("samsyn.explore.indicator.urls")),
    path("jamfor/", include("samsyn.explore.compare.urls")),
    path("karta/", include("samsyn.explore.areamap.urls")),
    path("omradestyper/", include("samsyn.explore.areatypes.urls")),
    path("", include("samsyn.explore.background.urls")),
]
