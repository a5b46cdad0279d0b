"""A text of a template is the same as Django's own tag says, in each language, however often."""

from __future__ import annotations

import pytest
from django.template import Context, engines
from django.utils.translation import override

from samsyn.site.templatetags.texts import Text

KNOWN = "Till innehållet"


def _template(text):
    return engines["django"].from_string(text).template


def test_a_text_is_looked_up_once_in_each_language(monkeypatch):
    template = _template(f'{{% translate "{KNOWN}" %}}')
    (node,) = template.nodelist.get_nodes_by_type(Text)
    asked, look_up = [], node._node.render
    monkeypatch.setattr(node._node, "render", lambda context: asked.append(1) or look_up(context))
    said = {}
    for language in ("sv", "en") * 3:
        with override(language):
            said.setdefault(language, set()).add(template.render(Context()))
    assert said["sv"] == {KNOWN}
    assert len(said["en"]) == 1
    assert said["en"] != said["sv"]
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{% translate "100% <b>&</b>" %}', "100% <b>&</b>"),
        ('{% translate "aå"|upper %}', "AÅ"),
        ("{% translate word %}", "&lt;ord&gt;"),
        ('{% translate "ett" as one %}{{ one }}{{ one }}', "ettett"),
        ('{% translate "ett" noop %}', "ett"),
        ('{% translate "ett" context "tal" %}', "ett"),
    ],
)
def test_what_is_not_only_a_text_is_said_as_ever(text, told):
    template = _template(text)
    for word, shown in (("<ord>", told), ("b", told.replace("&lt;ord&gt;", "b"))):
        assert template.render(Context({"word": word})) == shown
