"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from samsyn.explore.areamap import views

urlpatterns = [
    path("", views.areamap, name="areamap"),
]
