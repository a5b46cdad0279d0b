"""The addresses of this room; the page's are those of its figures with an ending."""

from __future__ import annotations

from django.urls import path

from samsyn.explore.areamap import views

urlpatterns = [
    path("/", views.areamap, name="areamap"),
    path(".<table:form>", views.table, name="areamap-table"),
    path("/bild.<picture:form>", views.picture, name="areamap-picture"),
    path("/style.json", views.style_json, name="areamap-style"),
    path("/areas.json", views.areas_json, name="areamap-areas"),
    path("/figures.json", views.figures_json, name="areamap-figures"),
]
