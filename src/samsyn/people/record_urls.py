"""The addresses of records of any kind, after those that rooms have of their own."""

from __future__ import annotations

from django.urls import include, path

from samsyn.people.views import records

of_kind = [
    path("", records.listing, name="records"),
    path("ny/", records.new, name="new-record"),
    path("<int:key>/", records.show, name="record"),
    path("<int:key>/andra/", records.edit, name="edit-record"),
]
urlpatterns = [path("arbete/<slug:slug>/<slug:word>/", include(of_kind))]
