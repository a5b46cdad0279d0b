"""Figures and pictures to be taken home, in open formats, each with where it comes from."""

from samsyn.publish.downloads.files import (
    PICTURES,
    TABLES,
    Download,
    download,
    picture,
    sidecar,
)
from samsyn.publish.downloads.statistics import dataset

__all__ = ["PICTURES", "TABLES", "Download", "dataset", "download", "picture", "sidecar"]
