"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from samsyn.explore.background import views

urlpatterns = [
    path("metoder/", views.methods, name="methods"),
    path("om-uppgifterna/", views.about_data, name="about-data"),
    path("andringar/", views.changes, name="changes"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("api/", views.about_api, name="about-api"),
]
