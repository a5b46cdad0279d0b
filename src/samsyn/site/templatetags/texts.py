"""The texts of templates, translated once in each language.

`{% translate "Text" %}` is Django's own tag and says the same. Django looks a text up whenever it
is shown, and a page has more than fifty: that takes a twentieth of the time in which it is made.
"""

from __future__ import annotations

from django import template
from django.conf import settings
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.translation import get_language

register = template.Library()


class Text(Node):
    """A text that stands in the template itself, as it is in each language."""

    def __init__(self, node: TranslateNode) -> None:
        self._node = node
        self._told: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """The text in the language of the page."""
        language = get_language()
        told = self._told.get(language)
        if told is None:
            told = self._told[language] = str(self._node.render(context))
        return told


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Django's tag; kept where what it says follows from the language alone."""
    node: TranslateNode = do_translate(parser, token)
    said = node.filter_expression
    constant = getattr(said.var, "literal", None) is not None and not said.filters
    plain = node.asvar is None and node.message_context is None and not node.noop
    # While developing, texts change.
    return Text(node) if constant and plain and not settings.DEBUG else node
