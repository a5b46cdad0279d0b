"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from samsyn.explore.indicator import indices, views

urlpatterns = [
    path("", views.every, name="indicators"),
    path("segregation/", indices.every, name="segregations"),
    path("segregation/<str:grouping>.<table:form>", indices.table, name="segregation-table"),
    path("segregation/<str:grouping>/", indices.one, name="segregation"),
    path(
        "segregation/<str:grouping>/diagram/<slug:chart>.<picture:form>",
        indices.picture,
        name="segregation-picture",
    ),
    path(
        "segregation/<str:grouping>/diagram/<slug:chart>.<table:form>",
        indices.chart_table,
        name="segregation-chart-table",
    ),
    path("<str:name>.<table:form>", views.table, name="indicator-table"),
    path("<str:name>/", views.one, name="indicator"),
    path(
        "<str:name>/diagram/<slug:chart>.<picture:form>", views.picture, name="indicator-picture"
    ),
    path(
        "<str:name>/diagram/<slug:chart>.<table:form>", views.chart_table,
        name="indicator-chart-table",
    ),
]  # fmt: skip
