"""The addresses of accounts and organisations. Those of records come last: see `record_urls`."""

from __future__ import annotations

from django.urls import include, path

from samsyn.people.views import (
    administration,
    closing,
    drafts,
    export,
    members,
    organisation_history,
    organisations,
    own_data,
    removing,
    settings,
    sharing,
)

of_members = [
    path("", members.members, name="members"),
    path("historik/", organisation_history.history, name="organisation-history"),
    path("bjud-in/", members.invite, name="invite"),
    path("<int:key>/roll/", members.role, name="member-role"),
    path("<int:key>/ta-bort/", members.let_go, name="let-member-go"),
    path("inbjudan/<int:key>/skicka/", members.send_again, name="send-invitation"),
    path("inbjudan/<int:key>/ta-bort/", members.withdraw, name="withdraw-invitation"),
]
of_administration = [
    path("", administration.administration, name="administration"),
    path("konto/<int:key>/", administration.account, name="administered-account"),
    path("konto/<int:key>/brev/", administration.send_link, name="send-password-link"),
    path("konto/<int:key>/ett-steg/", administration.one_step, name="without-second-step"),
]
urlpatterns = [
    path("konto/utkast/", drafts.keep, name="keep-draft"),
    path("konto/utkast/kasta/", drafts.forget, name="forget-draft"),
    path("konto/uppgifter.json", own_data.take, name="own-data"),
    path("konto/radera/", own_data.erase, name="erase-account"),
    path("konto/", include("samsyn.people.account_urls")),
    path("arbete/", organisations.work, name="work"),
    path("arbete/ny/", organisations.new, name="new-organisation"),
    path("arbete/administration/", include(of_administration)),
    path("arbete/<slug:slug>/export.json", export.as_json, name="export"),
    path("arbete/<slug:slug>/export.xlsx", export.as_workbook, name="export-workbook"),
    path("arbete/<slug:slug>/papperskorg/", removing.basket, name="basket"),
    path("arbete/<slug:slug>/delat/", sharing.shared, name="shared"),
    path("arbete/<slug:slug>/medlemmar/", include(of_members)),
    path("arbete/<slug:slug>/installningar/", settings.settings, name="organisation-settings"),
    path("arbete/<slug:slug>/avsluta/", closing.close, name="close-organisation"),
    path("arbete/<slug:slug>/oppna/", closing.reopen, name="reopen-organisation"),
]
