"""What cannot be answered about borders, told to a program as problem details."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from samsyn.api.problems import ProblemError, problem, said
from samsyn.measure.errors import InputError

View = Callable[..., HttpResponse]


def explained(view: View) -> View:
    """Answer with problem details where a question cannot be answered."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ProblemError as error:
            return problem(error.status, request.path, error.detail, error.more)
        except InputError as error:
            return problem(400, request.path, said(error))

    return answered
