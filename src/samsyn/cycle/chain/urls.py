"""The addresses of the chain."""

from __future__ import annotations

from django.urls import path

from samsyn.cycle.chain import views

urlpatterns = [
    path("arbete/<slug:slug>/kartlaggning/<int:key>/kedja/", views.of_round, name="chain"),
    path(
        "arbete/<slug:slug>/omrade/<slug:kind>/<str:code>/", views.of_place, name="chain-of-place"
    ),
]
