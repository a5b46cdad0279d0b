"""Letters to people: plain text, in the language of whoever gets it."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

LOG = logging.getLogger(__name__)


def send(name: str, to: str, language: str, **told: Any) -> bool:
    """Send the letter of a name to an address; False where it could not be sent.

    What stands before its first empty line is what it is about.
    """
    with translation.override(language):
        text = render_to_string(f"people/letters/{name}.txt", told)
    subject, _, body = text.strip().partition("\n\n")
    try:
        send_mail(" ".join(subject.split()), body.strip() + "\n", None, [to])
    except (SMTPException, OSError):
        LOG.exception("A letter could not be sent")
        return False
    return True
