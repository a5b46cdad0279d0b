"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from samsyn.explore.areatypes import views

urlpatterns = [
    path("/", views.areatypes, name="areatypes"),
]
