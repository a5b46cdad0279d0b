"""From the files that people have to materials: `read` files and folders, each by its content."""

from samsyn.statistics.sources.reading import Reading, read

__all__ = ["Reading", "read"]
