"""Drawing in a process of its own gives the same pictures, and lets other threads go on."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from samsyn.publish import drawer

SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"values": [{"a": at, "b": at * at % 17, "name": "Örgryte ”x”"} for at in range(300)]},
    "mark": "point",
    "encoding": {
        "x": {"field": "a", "type": "quantitative"},
        "y": {"field": "b", "type": "quantitative"},
        "color": {"field": "name", "type": "nominal"},
    },
}  # fmt: skip
HOW = {"vl_version": "6.4", "allowed_base_urls": []}


@pytest.fixture
def beside():
    drawer.beside()
    yield drawer._beside[0]
    drawer.here()


def test_the_same_pictures(beside):
    found = [drawer.draw(what, SPEC, **HOW) for what in ("vegalite_to_svg", "vegalite_to_png")]
    large = drawer.draw("svg_to_png", found[0].decode(), scale=4.0)
    assert beside.number is not None
    drawer.here()
    assert found == [
        drawer.draw(what, SPEC, **HOW) for what in ("vegalite_to_svg", "vegalite_to_png")
    ]
    assert large == drawer.draw("svg_to_png", found[0].decode(), scale=4.0)
    assert len(large) > 2**16  # more than a pipe holds


def test_others_go_on_meanwhile(beside):
    drawer.draw("vegalite_to_svg", SPEC, **HOW)
    turns, done = 0, threading.Event()

    def turn():
        nonlocal turns
        while not done.wait(0.001):
            turns += 1

    thread = threading.Thread(target=turn)
    thread.start()
    before = turns
    drawer.draw("vegalite_to_svg", SPEC, **HOW)
    during = turns - before
    done.set()
    thread.join()
    # In the same process, vl-convert would let it have none.
    assert during > 3


def test_what_cannot_be_drawn_is_told_and_harms_nothing(beside):
    with pytest.raises(ValueError, match="conversion failed"):
        drawer.draw("vegalite_to_svg", {**SPEC, "mark": "nonsense"}, **HOW)
    number = beside.number
    assert drawer.draw("vegalite_to_svg", SPEC, **HOW)
    assert beside.number == number


def test_a_process_that_was_ended_is_started_again(beside):
    drawer.draw("vegalite_to_svg", SPEC, **HOW)
    first = beside.number
    os.kill(first, signal.SIGKILL)
    assert drawer.draw("vegalite_to_svg", SPEC, **HOW)
    assert beside.number != first


def test_what_takes_too_long_is_given_up():
    hasty = drawer.Drawer(patience=0.01)
    with pytest.raises(ValueError, match=r"nothing was drawn in 0\.01 s"):
        hasty.draw("vegalite_to_svg", (SPEC,), HOW)
    assert hasty.number is None


def test_many_threads_at_once(beside):
    with ThreadPoolExecutor(6) as pool:
        found = set(pool.map(lambda _: drawer.draw("vegalite_to_svg", SPEC, **HOW), range(12)))
    assert len(found) == 1


def test_it_ends_with_who_asks(beside):
    drawer.draw("vegalite_to_svg", SPEC, **HOW)
    process, connection = beside._there
    connection.close()
    assert process.wait(20) == 0
