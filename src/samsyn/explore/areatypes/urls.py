"""The addresses of this room; they begin at /omradestyper, with an ending where figures are."""

from __future__ import annotations

from django.urls import path

from samsyn.explore.areatypes import views

urlpatterns = [
    path("/", views.areatypes, name="areatypes"),
    path(".<table:form>", views.table, name="areatypes-table"),
    path("/diagram/<slug:chart>.<picture:form>", views.picture, name="areatypes-picture"),
    path("/diagram/<slug:chart>.<table:form>", views.chart_table, name="areatypes-chart-table"),
]
