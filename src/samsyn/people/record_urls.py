"""The addresses of records of any kind, after those that rooms have of their own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from samsyn.people.views import beside, excel, history, records, removing, sharing

of_record = [
    path("", records.show, name="record"),
    path("andra/", records.edit, name="edit-record"),
    path("historik/", history.history, name="record-history"),
    path("historik/<int:version>/", history.restore, name="restore-version"),
    path("delning/", sharing.sharing, name="record-sharing"),
    path("ta-bort/", removing.remove, name="remove-record"),
    path("ur-papperskorgen/", removing.bring_back, name="bring-back-record"),
    path("kommentar/", beside.comment, name="comment"),
    path("kommentar/<int:number>/ta-bort/", beside.remove, {"what": "kommentar"},
         name="remove-comment"),
    path("fil/", beside.attach, name="attach"),
    path("fil/<int:number>/", beside.send, name="attachment"),
    path("fil/<int:number>/ta-bort/", beside.remove, {"what": "fil"}, name="remove-attachment"),
]  # fmt: skip
of_kind: list[URLPattern | URLResolver] = [
    path("", records.listing, name="records"),
    path("ny/", records.new, name="new-record"),
    path("mall.xlsx", excel.template, name="record-template"),
    path("fran-excel/", excel.importing, name="import-records"),
    path("<int:key>/", include(of_record)),
]
urlpatterns = [
    re_path(
        r"^arbete/(?P<slug>[-a-zA-Z0-9_]+)/(?P<word>[-a-zA-Z0-9_]+)\.(?P<form>xlsx|csv)$",
        excel.export, name="export-records",
    ),
    path("arbete/<slug:slug>/<slug:word>/", include(of_kind)),
]  # fmt: skip
