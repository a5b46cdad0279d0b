"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from samsyn.explore.start import views

urlpatterns = [
    path("", views.start, name="start"),
    path("sok/", views.search, name="search"),
]
