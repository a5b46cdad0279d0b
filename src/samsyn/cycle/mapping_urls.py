"""The addresses of a round's parts: respondents, notes, evidence, shared goals."""

from __future__ import annotations

from django.urls import path

from samsyn.cycle.views import asked, evidence, goals, interviews, respondents, rounds

ROUND = "arbete/<slug:slug>/kartlaggning/<int:key>/"
PROBLEM = "arbete/<slug:slug>/problem/<int:key>/underlag/"
urlpatterns = [
    path(f"{ROUND}avsluta/", rounds.close, name="close-round"),
    path(f"{ROUND}utgangslage/", rounds.freeze_now, name="freeze-round"),
    path(f"{ROUND}poster/<slug:word>/", rounds.listing, name="round-records"),
    path(f"{ROUND}respondenter/", respondents.of_round, name="respondents"),
    path("arbete/<slug:slug>/respondent/<int:key>/", respondents.one, name="respondent"),
    path(
        "arbete/<slug:slug>/respondent/<int:key>/radera/", respondents.erase,
        name="erase-respondent",
    ),
    path("arbete/<slug:slug>/intervjusvar/", asked.answers, name="interview-answers"),
    path(
        "arbete/<slug:slug>/intervju/<int:key>/anteckningar/", interviews.add, name="add-note"
    ),
    path("arbete/<slug:slug>/anteckning/<int:key>/", interviews.note, name="note"),
    path("arbete/<slug:slug>/anteckning/<int:key>/underlag/", evidence.cite, name="cite-note"),
    path(PROBLEM, evidence.add, name="add-evidence"),
    path(f"{PROBLEM}<int:part>/", evidence.one, name="evidence"),
    path("arbete/<slug:slug>/mal/<int:key>/delta/", goals.join, name="join-goal"),
]  # fmt: skip
