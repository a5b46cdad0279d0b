"""The addresses of the cycle that are not those of every record."""

from __future__ import annotations

from django.urls import include, path

from samsyn.cycle.views import gaps, matrix, start, underlag

urlpatterns = [
    path("arbete/underlag/", underlag.figure, name="use-as-evidence"),
    path("arbete/luckor/", gaps.explained, name="gap-rules"),
    path("", include("samsyn.cycle.followed_urls")),
    path("", include("samsyn.cycle.mapping_urls")),
    path("", include("samsyn.cycle.tie_urls")),
    path("arbete/<slug:slug>/", start.organisation, name="organisation"),
    path("", include("samsyn.cycle.chain.urls")),
    path("", include("samsyn.cycle.plan.urls")),
    path("", include("samsyn.cycle.rollup.urls")),
    path("arbete/<slug:slug>/kartlaggning/<int:key>/luckor/", gaps.listing, name="gaps"),
    path("arbete/<slug:slug>/kartlaggning/<int:key>/luckor/svara/", gaps.answer, name="answer-gap"),
    path("arbete/<slug:slug>/kartlaggning/<int:key>/matris/", matrix.matrix, name="matrix"),
    path(
        "arbete/<slug:slug>/kartlaggning/<int:key>/matris.<str:form>",
        matrix.file,
        name="matrix-file",
    ),
]
