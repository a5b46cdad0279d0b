"""Memory that is no longer needed, given back to the system."""

from __future__ import annotations

import sys


def give_back() -> None:
    """Give back what the C library keeps of memory that was freed, where it can be told to.

    Geometry is many small pieces. The C library keeps their room for the thread that had it, and
    what is computed next in other threads could not use it.
    """
    if sys.platform != "linux":
        return
    import ctypes

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
    if trim is not None:
        trim(0)
