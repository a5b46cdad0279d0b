"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from samsyn.explore.indicator import views

urlpatterns = [
    path("", views.indicators, name="indicators"),
    path("<slug:name>/", views.indicator, name="indicator"),
]
