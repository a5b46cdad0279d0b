"""The addresses of the public pages."""

from __future__ import annotations

from django.urls import include, path, register_converter

from samsyn.explore.taking import PictureForm, TableForm

# The endings of addresses, in every room: <table:form> of figures, <picture:form> of pictures.
register_converter(TableForm, "table")
register_converter(PictureForm, "picture")

urlpatterns = [
    path("", include("samsyn.explore.start.urls")),
    # Before the places: /omrade/rapport/ is no place.
    path("omrade/", include("samsyn.explore.report.urls")),
    path("omrade/", include("samsyn.explore.place.urls")),
    path("indikator/", include("samsyn.explore.indicator.urls")),
    path("jamfor", include("samsyn.explore.compare.urls")),
    path("karta", include("samsyn.explore.areamap.urls")),
    path("omradestyper", include("samsyn.explore.areatypes.urls")),
    path("", include("samsyn.explore.background.urls")),
]
