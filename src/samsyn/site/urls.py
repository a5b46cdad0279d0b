"""Every address: pages in Swedish at /, in English at /en/; those for programs have none."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

# The pages come first: /api/ itself is one of them.
urlpatterns = [
    *i18n_patterns(
        path("", include("samsyn.explore.urls")),
        path("", include("samsyn.people.urls")),
        path("", include("samsyn.cycle.urls")),
        path("", include("samsyn.people.record_urls")),
        prefix_default_language=False,
    ),
    # What a directory is told of it is one address, whichever the language.
    path("konto/katalog/", include("samsyn.people.directory_urls")),
    path("", include("samsyn.api.urls")),
]
handler400 = "samsyn.site.errors.bad_request"
handler404 = "samsyn.site.errors.not_found"
handler500 = "samsyn.site.errors.failed"
