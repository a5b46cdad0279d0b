"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from samsyn.explore.start import views

urlpatterns = [
    path("", views.start, name="start"),
    path("sok/", views.search, name="search"),
    path("diagram/<slug:chart>.<picture:form>", views.picture, name="start-picture"),
    path("diagram/<slug:chart>.<table:form>", views.table, name="start-table"),
]
