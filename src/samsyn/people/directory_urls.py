"""The addresses of log-in through an organisation's directory, the same in all languages."""

from __future__ import annotations

from allauth.socialaccount.providers.openid_connect import views
from django.urls import path

from samsyn.people.viewing import personal

urlpatterns = [
    path("<slug:provider_id>/login/", personal(views.login), name="openid_connect_login"),
    path(
        "<slug:provider_id>/login/callback/",
        personal(views.callback),
        name="openid_connect_callback",
    ),
]
