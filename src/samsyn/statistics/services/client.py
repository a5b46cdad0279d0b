"""Asking a service over HTTP: at its pace, again where that can help, and never for ever."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from samsyn import __version__
from samsyn.measure.errors import InputError
from samsyn.statistics.services.errors import Refused, ServiceError, TooManyCells
from samsyn.statistics.services.pace import Clock, Pace
from samsyn.statistics.services.problems import beginning, words

if TYPE_CHECKING:
    import httpx
    from tenacity import RetryCallState

USER_AGENT = f"samsyn/{__version__}"
TRIES = 6
# Servers tell their limits, or are known by them; until then, this is slow enough for any.
SLOWLY = (1, 1.0)
PASSING = {408, 429, 500, 502, 503, 504}
SLOWEST_PAUSE = 60.0  # seconds: pauses grow to this
LONGEST_WAIT = 600.0  # seconds: a server that asks for a longer one is left until another day
TOO_MANY = re.compile(r"cell|exceed|too (large|many|big)|maximum", re.IGNORECASE)


@dataclass(frozen=True)
class Request:
    """What is asked of a service: the same request has the same `key`."""

    method: str
    address: str
    body: str | None = None

    @property
    def key(self) -> str:
        """A checksum of the whole request."""
        return sha256(f"{self.method} {self.address}\n{self.body or ''}".encode()).hexdigest()

    def __str__(self) -> str:
        """The request as messages name it."""
        return f"{self.method} {self.address}"


@dataclass(frozen=True)
class Answer:
    """What a service answered: the bytes as they came, what they say, and when (ISO 8601, UTC)."""

    request: Request
    content: bytes
    document: Any
    retrieved: str


@dataclass(frozen=True)
class Patience:
    """How long is waited: tries, seconds for a sign of life, and seconds for one whole answer."""

    tries: int = TRIES
    silence: float = 60.0
    whole: float = 300.0


class _Passing(Exception):
    """Something that may be over when the same is asked again."""

    def __init__(self, said: str, wait: float | None = None) -> None:
        super().__init__(said)
        self.wait = wait


class Client:
    """Asks one server for JSON.

    What may pass is asked for again with pauses that grow exponentially, with full jitter: too many
    requests (as long as the server says in Retry-After), a server that is down or overloaded, a
    connection that is cut, an answer that is cut off, late or no JSON. After `patience.tries` it
    raises ServiceError. What the server refuses raises Refused with the server's own words, and is
    not asked for again. No more calls are made than `pace` lets start. `tell` hears of every pause.
    """

    def __init__(
        self,
        pace: Pace | None = None,
        clock: Clock | None = None,
        patience: Patience | None = None,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        import httpx

        self._clock = clock or Clock()
        self.pace = pace or Pace(*SLOWLY, self._clock)
        self._patience = patience or Patience()
        self._tell = tell or (lambda _: None)
        self._http = httpx.Client(
            headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
            timeout=httpx.Timeout(self._patience.silence, connect=min(10, self._patience.silence)),
            follow_redirects=True,
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def ask(self, request: Request) -> Answer:
        """The answer to a request. Raises ServiceError or Refused."""
        from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

        retrying = Retrying(
            retry=retry_if_exception_type(_Passing),
            stop=stop_after_attempt(self._patience.tries),
            wait=_pause,
            sleep=self._clock.sleep,
            before_sleep=self._say_why,
            reraise=True,
        )
        try:
            return retrying(self._once, request)
        except _Passing as error:
            raise ServiceError(
                f"{_server(request)} did not answer as it should, {self._patience.tries} times: "
                f"{error}. Asked was {request}"
            ) from None

    def _once(self, request: Request) -> Answer:
        import httpx

        self.pace.wait()
        try:
            status, headers, content = self._whole(request)
        except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
            raise InputError(f"{request.address} is not an address to ask: {error}") from None
        except httpx.TimeoutException:
            raise _Passing(f"no answer in {self._patience.silence:g} seconds") from None
        except httpx.RequestError as error:
            said = str(error) or type(error).__name__
            raise _Passing(f"the connection failed ({said})") from None
        if status in PASSING:
            raise self._passing(request, status, headers, content)
        if status >= 300:
            raise _refusal(request, status, content)
        kind = headers.get("content-type", "no content type").partition(";")[0]
        try:
            document = json.loads(content.decode("utf-8-sig"))
        except (UnicodeDecodeError, json.JSONDecodeError) as error:
            if "json" in kind:
                raise _Passing(f"the answer is cut off or damaged ({error})") from None
            raise _Passing(f"it answered with {kind} and not JSON: {beginning(content)}") from None
        retrieved = self._clock.date().isoformat(timespec="seconds")
        return Answer(request, content, document, retrieved)

    def _whole(self, request: Request) -> tuple[int, httpx.Headers, bytes]:
        """Status, headers and content; a server that dribbles is not waited for for ever."""
        content = None if request.body is None else request.body.encode()
        headers = {} if content is None else {"Content-Type": "application/json"}
        began = self._clock.now()
        parts = []
        with self._http.stream(
            request.method, request.address, content=content, headers=headers
        ) as response:
            for part in response.iter_bytes():
                parts.append(part)
                if self._clock.now() - began > self._patience.whole:
                    raise _Passing(f"the answer took more than {self._patience.whole:g} seconds")
        return response.status_code, response.headers, b"".join(parts)

    def _passing(
        self, request: Request, status: int, headers: httpx.Headers, content: bytes
    ) -> _Passing:
        wait = _retry_after(headers.get("retry-after"), self._clock)
        said = words(status, content)
        if wait is not None and wait > LONGEST_WAIT:
            raise ServiceError(
                f"{_server(request)} asks to be left alone for {wait / 60:.0f} minutes: {said}. "
                f"Asked was {request}"
            )
        return _Passing(said, wait)

    def _say_why(self, state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        pause = state.next_action.sleep if state.next_action else 0.0
        self._tell(f"{_server(state.args[0])}: {error}; asking again in {pause:.1f} s")


def base_address(given: str | None, variable: str, usual: str) -> str:
    """A service's address: as given, else that of the environment variable, else the usual one.

    Raises InputError where it is no web address.
    """
    address = given or os.environ.get(variable) or usual
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise InputError(
            f'"{address}" is not the address of a service: write one like {usual}, in {variable} '
            "or as the option"
        )
    return address.rstrip("/")


def _pause(state: RetryCallState) -> float:
    """Seconds to the next try: what the server asked for and a little, or a growing random time."""
    from tenacity import wait_random_exponential

    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, _Passing) and error.wait is not None:
        # Whoever was told the same should not come back in the same instant.
        return error.wait + float(wait_random_exponential(max=1)(state))
    return float(wait_random_exponential(multiplier=1, max=SLOWEST_PAUSE)(state))


def _retry_after(text: str | None, clock: Clock) -> float | None:
    """Seconds that Retry-After asks for, as a number or as a date; None where it asks nothing."""
    if text is None:
        return None
    if text.strip().isdigit():
        return float(text)
    try:
        then = parsedate_to_datetime(text)
        return max(0.0, (then - clock.date()).total_seconds())
    except (ValueError, TypeError):
        return None


def _refusal(request: Request, status: int, content: bytes) -> Refused:
    said = words(status, content)
    kind = TooManyCells if status in {400, 403, 413} and TOO_MANY.search(said) else Refused
    return kind(f"{_server(request)} refuses what was asked: {said}. Asked was {request}")


def _server(request: Request) -> str:
    return urlsplit(request.address).netloc
