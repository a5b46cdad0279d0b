"""The addresses of this room, after `/omrade/`."""

from __future__ import annotations

from django.urls import path

from samsyn.explore.report import views

urlpatterns = [
    path("rapport/", views.start, name="reports"),
    path("<str:kind>/<str:code>/rapport/", views.report, name="report"),
    path("<str:kind>/<str:code>/rapport.pdf", views.pdf, name="report-pdf"),
    path("<str:kind>/<str:code>/rapport.docx", views.word, name="report-word"),
    path(
        "<str:kind>/<str:code>/rapport/bild/<slug:name>.<picture:form>",
        views.picture,
        name="report-picture",
    ),
    path(
        "<str:kind>/<str:code>/rapport/bild/<slug:name>.<table:form>",
        views.picture_table,
        name="report-picture-table",
    ),
]
