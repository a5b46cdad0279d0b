"""The addresses of borders."""

from __future__ import annotations

from django.urls import path

from samsyn.api.geometry import views

urlpatterns = [
    path("", views.kinds, name="geo-kinds"),
    path("<str:kind>", views.geojson, name="geo"),
    path("<str:kind>/tiles.json", views.tilejson, name="geo-tilejson"),
    path("<str:kind>/tiles/<str:z>/<str:x>/<str:y>.mvt", views.tile, name="geo-tile"),
]
