"""The addresses of this room."""

from __future__ import annotations

from django.urls import path, re_path

from samsyn.api.catalogue import views

urlpatterns = [
    path("dcat", views.dcat, name="dcat"),
    re_path(r"^dcat\.(?P<form>rdf|ttl|jsonld)$", views.dcat, name="dcat-form"),
    path("robots.txt", views.robots_txt, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    re_path(r"^sitemap-(?P<part>[a-z0-9-]{1,40})\.xml$", views.sitemap, name="sitemap-part"),
    path(".well-known/security.txt", views.security_txt, name="security"),
]
