"""The addresses of accounts: of what allauth can do, that which Samsyn wants.

Nobody makes an account or changes its address by themselves: both are how others are passed off.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as directory
from django.urls import path, re_path

from samsyn.people.viewing import personal
from samsyn.people.views import invitations, profile

urlpatterns = [
    path("", profile.own, name="profile"),
    path("inbjudan/<str:key>/", invitations.answer, name="invitation"),
    path("logga-in/", personal(account.login), name="account_login"),
    path("logga-ut/", personal(account.logout), name="account_logout"),
    path("avstangt/", personal(account.account_inactive), name="account_inactive"),
    path("nytt/", personal(account.signup), name="account_signup"),
    path("bekrafta/", personal(account.reauthenticate), name="account_reauthenticate"),
    path("losenord/byt/", personal(account.password_change), name="account_change_password"),
    path("losenord/valj/", personal(account.password_set), name="account_set_password"),
    path("losenord/glomt/", personal(account.password_reset), name="account_reset_password"),
    path(
        "losenord/glomt/skickat/",
        personal(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^losenord/nytt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        personal(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "losenord/nytt/klart/",
        personal(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("tva-steg/", personal(second_step.index), name="mfa_index"),
    path("tva-steg/kod/", personal(second_step.authenticate), name="mfa_authenticate"),
    path("tva-steg/bekrafta/", personal(second_step.reauthenticate), name="mfa_reauthenticate"),
    path("tva-steg/app/", personal(totp.activate_totp), name="mfa_activate_totp"),
    path("tva-steg/app/stang-av/", personal(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "tva-steg/reservkoder/",
        personal(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "tva-steg/reservkoder/nya/",
        personal(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "tva-steg/reservkoder/hamta/",
        personal(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("katalog/", personal(directory.connections), name="socialaccount_connections"),
    path(
        "katalog/avbrutet/",
        personal(directory.login_cancelled),
        name="socialaccount_login_cancelled",
    ),
]
