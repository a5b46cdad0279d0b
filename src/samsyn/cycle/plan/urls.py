"""The addresses of plans."""

from __future__ import annotations

from django.urls import path, register_converter

from samsyn.cycle.plan import public, views
from samsyn.cycle.plan.files import PlanForm

register_converter(PlanForm, "plan")

OF_ROUND = "arbete/<slug:slug>/kartlaggning/<int:key>"
urlpatterns = [
    path(f"{OF_ROUND}/plan/", views.page, name="plan"),
    path(f"{OF_ROUND}/plan.<plan:form>", views.as_file, name="plan-file"),
    path(f"{OF_ROUND}/plan/mal-<int:goal>.svg", views.goal_chart, name="plan-chart"),
    path(f"{OF_ROUND}/plan/publicera/", views.publishing, name="plan-publishing"),
    path("planer/", public.listing, name="public-plans"),
    path("planer/<str:kind>/<str:code>/", public.of_place, name="public-plans-of-place"),
    path("plan/<slug:slug>/<int:key>/", public.plan, name="public-plan"),
    path("plan/<slug:slug>/<int:key>/plan.<plan:form>", public.as_file, name="public-plan-file"),
    path(
        "plan/<slug:slug>/<int:key>/mal-<int:goal>.svg", public.goal_chart, name="public-plan-chart"
    ),
]
