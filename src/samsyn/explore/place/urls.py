"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from samsyn.explore.place import views

urlpatterns = [
    path("<slug:kind>/<slug:code>/", views.place, name="place"),
]
