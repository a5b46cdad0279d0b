"""The addresses of this room, and of the description of all that programs can ask."""

from __future__ import annotations

from django.urls import path

from samsyn.api.figures.api import api
from samsyn.api.openapi import openapi

urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    path("", api.urls),
]
