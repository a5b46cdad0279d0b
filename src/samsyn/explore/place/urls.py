"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from samsyn.explore.place import views

urlpatterns = [
    path("", views.start, name="places"),
    path("<slug:text>/", views.any_kind, name="place-any"),
    path("<str:kind>/<str:code>.<table:form>", views.table, name="place-table"),
    path("<str:kind>/<str:code>/", views.place, name="place"),
    path("<str:kind>/<str:code>/visa/<slug:name>/", views.more, name="place-more"),
    path(
        "<str:kind>/<str:code>/diagram/<slug:name>.<picture:form>",
        views.picture,
        name="place-picture",
    ),
    path(
        "<str:kind>/<str:code>/diagram/<slug:name>.<table:form>",
        views.chart_table,
        name="place-chart-table",
    ),
]
