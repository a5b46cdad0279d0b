"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from samsyn.explore.compare import views

urlpatterns = [
    path("/", views.compare, name="compare"),
]
