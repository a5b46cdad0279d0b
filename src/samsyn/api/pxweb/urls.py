"""The addresses of PxWebApi 2; capitals and a stroke at the end do not matter where they did."""

from __future__ import annotations

from django.urls import re_path

from samsyn.api.pxweb import views

urlpatterns = [
    re_path(r"^config/?$", views.config, name="pxweb-config"),
    re_path(r"^tables/?$", views.tables, name="pxweb-tables"),
    re_path(r"^tables/(?P<name>[^/]+)/?$", views.one_table, name="pxweb-table"),
    re_path(r"^tables/(?P<name>[^/]+)/metadata/?$", views.metadata, name="pxweb-metadata"),
    re_path(
        r"^tables/(?P<name>[^/]+)/defaultselection/?$", views.selection, name="pxweb-selection"
    ),
    re_path(r"^tables/(?P<name>[^/]+)/data/?$", views.data, name="pxweb-data"),
    re_path(r"^code[lL]ists/(?P<name>[^/]+)/?$", views.one_codelist, name="pxweb-codelist"),
    re_path(r"^savedqueries(?:/.*)?$", views.saved, name="pxweb-saved"),
]
