"""The addresses of roll-ups."""

from __future__ import annotations

from django.urls import path, register_converter

from samsyn.cycle.rollup import answering, views
from samsyn.cycle.rollup.files import RollUpForm

register_converter(RollUpForm, "rollup")

OF = "arbete/<slug:slug>/sammanstallning"
ASKED = "arbete/<slug:slug>/fragor/<int:key>"
urlpatterns = [
    path(f"{OF}/", views.page, name="roll-up"),
    path(f"{OF}.<rollup:form>", views.as_file, name="roll-up-file"),
    path(f"{OF}/fraga/", views.ask, name="roll-up-ask"),
    path(f"{OF}/fraga/<int:key>/ta-tillbaka/", views.withdraw, name="roll-up-withdraw"),
    path(f"{ASKED}/", answering.question, name="roll-up-question"),
    path(f"{ASKED}/dela/", answering.share, name="roll-up-share"),
    path(f"{ASKED}/neka/", answering.decline, name="roll-up-decline"),
]
