"""What is computed of a release and asked for again: kept as long as the release itself."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from samsyn.statistics.query.release import Release

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def remembered(
    size: int,
) -> Callable[
    [Callable[Concatenate[Release, Asked], Answer]],
    Callable[Concatenate[Release, Asked], Answer],
]:
    """Keeps the answers of a function of a release, for each at most `size`, the last asked for.

    Unlike `lru_cache` it does not keep the release open: with that go its answers. An answer must
    not hold the release. Two threads that ask at once may both compute.
    """

    def remembering(
        compute: Callable[Concatenate[Release, Asked], Answer],
    ) -> Callable[Concatenate[Release, Asked], Answer]:
        every: WeakKeyDictionary[Release, OrderedDict[Any, Answer]] = WeakKeyDictionary()
        lock = threading.Lock()

        def asked(release: Release, /, *rest: Asked.args, **named: Asked.kwargs) -> Answer:
            key = (rest, tuple(named.items()))
            with lock:
                there = every.setdefault(release, OrderedDict())
                if key in there:
                    there.move_to_end(key)
                    return there[key]
            answer = compute(release, *rest, **named)
            with lock:
                there[key] = answer
                while len(there) > size:
                    there.popitem(last=False)
            return answer

        update_wrapper(asked, compute)
        return asked

    return remembering
