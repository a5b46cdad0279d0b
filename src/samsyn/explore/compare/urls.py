"""The addresses of this room, after `/jamfor`."""

from __future__ import annotations

from django.urls import path

from samsyn.explore.compare import views

urlpatterns = [
    path("/", views.compare, name="compare"),
    path(".<table:form>", views.compare_table, name="compare-table"),
    path("/platser/", views.found_places, name="compare-places"),
    path("/lika/", views.similar, name="similar"),
    path("/lika.<table:form>", views.similar_table, name="similar-table"),
    path("/diagram/<str:name>.<picture:form>", views.chart_picture, name="compare-chart"),
    path("/diagram/<str:name>.<table:form>", views.chart_table, name="compare-chart-table"),
    path("/karta/<str:name>.<picture:form>", views.map_picture, name="compare-map"),
    path("/karta/<str:name>.<table:form>", views.map_table, name="compare-map-table"),
]
