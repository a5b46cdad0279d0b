"""People at work on a site, as `work.py` sends them: they read, open forms and save them.

    echo '{"port": 8000, "people": [...], "seconds": 60, "pause": 5}' | python -m benchmarks.working
    echo '{"port": 8000, "session": "...", "paths": ["/arbete/"]}' | python -m benchmarks.working

prints a JSON list of what was asked for, the seconds until the answer was whole, and its status (0
where there was none). The standard library alone is needed.
"""

from __future__ import annotations

import http.client
import json
import random
import sys
import threading
import time
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urlsplit

FORM_KEY = "c" * 32  # which the cookie and the form must both have
Answer = tuple[str, float, int]


class Fields(HTMLParser):
    """What a browser would send of the form that has a title."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._fields: list[tuple[str, str]] | None = None
        self._select, self._area = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name, value = told.get("name") or "", told.get("value") or ""
        if tag == "form" and (told.get("method") or "").lower() == "post":
            self._fields = []
        if self._fields is None:
            return
        if tag == "input" and name:
            kind = told.get("type") or "text"
            if kind not in {"checkbox", "radio", "submit", "file"} or "checked" in told:
                self._fields.append((name, value or ("on" if "checked" in told else "")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in told:
            self._fields.append((self._select, value))
        elif tag == "textarea":
            self._area = name
            self._fields.append((name, ""))

    def handle_data(self, data: str) -> None:
        if self._area and self._fields:
            name, text = self._fields[-1]
            self._fields[-1] = (name, text + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._fields is not None:
            if "title" in dict(self._fields):
                self.found = self._fields
            self._fields = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""


class Browser:
    """One person's connection, logged in; `answers` are all that it was given."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.answers = port, list[Answer]()
        self._headers = {
            "Cookie": f"samsyn_session={session}; samsyn_form={FORM_KEY}",
            "Accept-Encoding": "gzip", "Accept-Language": "sv",
        }  # fmt: skip
        self._open = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, what: str, path: str, fields: list[tuple[str, str]] | None = None) -> str:
        """The text of a page; where another is told of, of that."""
        plain = {"Accept-Encoding": "identity"} if "form" in what else {}
        headers = {**self._headers, **plain}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun, status, content, to = time.perf_counter(), 0, b"", None
        try:
            self._open.request("GET" if body is None else "POST", path, body, headers)
            answer = self._open.getresponse()
            content, status, to = answer.read(), answer.status, answer.headers.get("Location")
        except (OSError, http.client.HTTPException):
            self._open.close()
        # Whoever is sent to log in was not let in.
        lost = to is not None and "logga-in" in to
        self.answers.append((what, time.perf_counter() - begun, 403 if lost else status))
        if fields is not None and status == 302 and to and not lost:
            split = urlsplit(to)
            self.ask("page of a record", f"{split.path}{'?' if split.query else ''}{split.query}")
        return content.decode("utf-8", "replace")

    def save(self, what: str, path: str, **told: str) -> None:
        """Open a form, and save it with something else in it."""
        parser = Fields()
        parser.feed(self.ask(f"form, {what}", path))
        fields = [(name, value) for name, value in parser.found if name not in told]
        fields = [(name, FORM_KEY if name == "csrfmiddlewaretoken" else value)
                  for name, value in fields]  # fmt: skip
        self.ask(f"save, {what}", path, [*fields, *told.items()])


def work(person: dict[str, Any], told: dict[str, Any], all_answers: list[Answer]) -> None:
    """What a person does until the time is over, with pauses."""
    draw = random.Random(person["session"])
    browser = Browser(told["port"], person["session"])
    end = time.monotonic() + told["seconds"]
    home = f"/arbete/{person['slug']}/"
    # They do not all begin at the same moment.
    time.sleep(draw.uniform(0, told["pause"]))
    number = 0
    while time.monotonic() < end:
        word = draw.choice(list(person["records"]))
        mine = person["records"][word]
        chosen = draw.random()
        number += 1
        if chosen < 0.15:
            browser.ask("start page", home)
        elif chosen < 0.40:
            browser.ask("list", f"{home}{word}/")
        elif chosen < 0.75:
            browser.ask("page of a record", f"{home}{word}/{draw.choice(mine)}/")
        elif chosen < 0.80:
            browser.ask("search in a list", f"{home}{word}/?q=barn")
        elif chosen < 0.90:
            path = f"{home}problem/ny/"
            browser.save("new", path, title=f"Nytt {number}", description="Ett problem.")
        else:
            path = f"{home}problem/{draw.choice(person['records']['problem'])}/andra/"
            browser.save("change", path, title=f"Ändrat {number}")
        time.sleep(draw.uniform(0.2, 1.8) * told["pause"])
    all_answers += browser.answers


def main() -> None:
    told = json.load(sys.stdin)
    answers: list[Answer] = []
    if "paths" in told:
        browser = Browser(told["port"], told["session"])
        for path in told["paths"]:
            browser.ask(path, path)
        answers = browser.answers
    else:
        threads = [
            threading.Thread(target=work, args=(person, told, answers)) for person in told["people"]
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
