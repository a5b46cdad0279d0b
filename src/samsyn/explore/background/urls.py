"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from samsyn.explore.background import changing, views

urlpatterns = [
    path("metoder/", views.methods, name="methods"),
    path("om-uppgifterna/", views.about_data, name="about-data"),
    path("om-uppgifterna.<table:form>", views.about_data_table, name="about-data-table"),
    path("andringar/", changing.changes, name="changes"),
    path("andringar.<table:form>", changing.changes_table, name="changes-table"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("api/", views.about_api, name="about-api"),
]
