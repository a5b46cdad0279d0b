"""The addresses of this room; the page's are those of its figures with an ending."""

from __future__ import annotations

from django.urls import path

from samsyn.explore.areamap import scripting, views

urlpatterns = [
    path("/", views.areamap, name="areamap"),
    path(".<table:form>", views.table, name="areamap-table"),
    path("/bild.<picture:form>", views.picture, name="areamap-picture"),
    path("/style.json", scripting.style_json, name="areamap-style"),
    path("/areas.json", scripting.areas_json, name="areamap-areas"),
    path("/figures.json", scripting.figures_json, name="areamap-figures"),
]
