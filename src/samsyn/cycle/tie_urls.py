"""The addresses of the actors of a round, of their ties and of the network."""

from __future__ import annotations

from django.urls import path, re_path

from samsyn.cycle.views import actors as of_actors
from samsyn.cycle.views import network, tie_lists, tie_matrix, ties

ROUND = "arbete/<slug:slug>/kartlaggning/<int:key>/"
TIES = f"{ROUND}samverkan/"
urlpatterns = [
    path(f"{ROUND}aktorer/", of_actors.listing, name="round-actors"),
    path(TIES, tie_matrix.matrix, name="ties"),
    path(f"{TIES}mall.xlsx", tie_lists.template, name="tie-template"),
    path(f"{TIES}fran-excel/", tie_lists.importing, name="import-ties"),
    path(f"{TIES}<int:one>/<int:other>/", ties.tie, name="tie"),
    path(f"{TIES}<int:one>/<int:other>/ta-bort/", ties.untie, name="untie"),
    re_path(
        r"^arbete/(?P<slug>[-a-zA-Z0-9_]+)/kartlaggning/(?P<key>[0-9]+)/samverkan\.(?P<form>xlsx|csv)$",
        tie_lists.listed, name="tie-list",
    ),
    path(f"{ROUND}natverk/", network.network, name="network"),
    path(f"{ROUND}natverk.svg", network.drawn, name="network-picture"),
    path(f"{ROUND}natverk.csv", network.measured, name="network-measures"),
    path("arbete/<slug:slug>/aktor/<int:key>/samverkan/", ties.add, name="add-tie"),
]  # fmt: skip
