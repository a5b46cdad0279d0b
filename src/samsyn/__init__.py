"""Samsyn: measure, compare and follow up socioeconomic segregation."""

__version__: str


def __getattr__(name: str) -> str:
    # Asking the installed metadata takes longer than the package's own import.
    if name == "__version__":
        from importlib.metadata import version

        return version("samsyn")
    raise AttributeError(f"module 'samsyn' has no attribute {name!r}")
