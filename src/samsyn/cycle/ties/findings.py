"""What the network of a round says to somebody who is to act on it: in words, with the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.cycle.models import Actor
from samsyn.cycle.network import Pair
from samsyn.cycle.ties.keeping import Seen
from samsyn.people.fields import label

MANY: Final = 12  # names in a list
TELLING: Final = 0.1  # share of the ways through somebody, from which it is worth a sentence


@dataclass(frozen=True)
class Finding:
    """A question, its answer in words, and whom it is about; `more` are others not named."""

    name: str
    question: str
    text: str
    items: Sequence[Sequence[Actor]] = ()
    more: int = 0
    means: str = ""


def findings(seen: Seen) -> list[Finding]:
    """What a network says, the most useful first. Nothing where there is none."""
    if not seen.actors:
        return []
    return [
        _holding(seen),
        _alone(seen),
        _apart(seen),
        _bridges(seen),
        _personal(seen),
        _whole(seen),
    ]


def _percent(share: float) -> str:
    return str(round(share * 100))


def _named(seen: Seen, keys: Sequence[int]) -> tuple[list[list[Actor]], int]:
    return [[seen.by_key[key]] for key in keys[:MANY]], max(0, len(keys) - MANY)


def _pairs(seen: Seen, pairs: Sequence[Pair]) -> tuple[list[list[Actor]], int]:
    told = [[seen.by_key[first], seen.by_key[second]] for first, second in pairs[:MANY]]
    return told, max(0, len(pairs) - MANY)


def _holding(seen: Seen) -> Finding:
    measures = seen.measures
    parts = []
    leading = [key for key, share in measures.betweenness.items() if share >= TELLING][:1]
    if leading:
        parts.append(
            _("Av alla kortaste vägar mellan två andra aktörer går %(share)s procent genom "
              "%(name)s, mest av alla.")
            % {"share": _percent(measures.betweenness[leading[0]]), "name": seen.by_key[leading[0]]}
        )  # fmt: skip
    cut = list(measures.cut)
    if cut:
        parts.append(
            ngettext(
                "Utan den här aktören skulle några tappa kontakten med resten:",
                "Utan någon av de här aktörerna skulle några tappa kontakten med resten:",
                len(cut),
            )
        )
    elif measures.links:
        parts.append(_("Ingen enda aktör är oumbärlig: de andra når varandra även utan den."))
    else:
        parts.append(_("Ingen samverkan är inskriven än."))
    items, more = _named(seen, cut)
    means = _(
        "Hur ofta någon ligger på kortaste vägen mellan två andra kallas betweenness "
        "(Freeman 1977). Den som delar nätverket när den tas bort är en brytpunkt."
    )
    return Finding("holding", _("Vem håller ihop det?"), " ".join(parts), items, more, means)


def _alone(seen: Seen) -> Finding:
    alone = list(seen.measures.alone)
    text = (
        ngettext("%d aktör har ingen samverkan inskriven:",
                 "%d aktörer har ingen samverkan inskriven:", len(alone)) % len(alone)
        if alone
        else _("Ingen: alla samverkar med minst en annan.")
    )  # fmt: skip
    items, more = _named(seen, alone)
    return Finding("alone", _("Vem är ensam?"), text, items, more)


def _apart(seen: Seen) -> Finding:
    apart = seen.measures.apart
    sectors = {one.sector for one in seen.actors if one.sector}
    question = _("Vilka sektorer möts inte?")
    if len(sectors) < 2:
        return Finding("apart", question, _("Alla aktörer är från samma sektor."))
    if not apart:
        return Finding("apart", question, _("Alla sektorer som finns med har minst en kontakt."))
    told = "; ".join(
        f"{label('actor_sector', one)} – {label('actor_sector', other)}" for one, other in apart
    )
    text = _("Det finns ingen samverkan mellan: %s.") % told
    return Finding("apart", question, text)


def _bridges(seen: Seen) -> Finding:
    bridges = seen.measures.bridges
    text = (
        ngettext("%d kontakt är den enda vägen mellan dem som den binder ihop:",
                 "%d kontakter är var och en den enda vägen mellan dem som den binder ihop:",
                 len(bridges)) % len(bridges)
        if bridges
        else _("Ingenting: tar en kontakt slut finns det en annan väg.")
        if seen.ties
        else _("Ingen samverkan är inskriven än.")
    )  # fmt: skip
    items, more = _pairs(seen, bridges)
    means = _("En kontakt utan vilken två delar inte når varandra kallas brygga.")
    return Finding("bridges", _("Vad hänger på en enda kontakt?"), text, items, more, means)


def _personal(seen: Seen) -> Finding:
    measures = seen.measures
    known = [tie for tie in seen.ties if tie.basis]
    unknown = len(seen.ties) - len(known)
    parts = []
    if known:
        parts.append(
            _("%(count)s av %(all)s kontakter där grunden är känd beror på enskilda personer.")
            % {"count": len(measures.personal), "all": len(known)}
        )
    if unknown:
        parts.append(
            ngettext("Om %d kontakt står inte vad den vilar på.",
                     "Om %d kontakter står inte vad de vilar på.", unknown) % unknown
        )  # fmt: skip
    if measures.held_personally:
        parts.append(_("De här är med bara genom enskilda personer:"))
    if not parts:
        parts.append(_("Ingen samverkan är inskriven än."))
    items, more = _named(seen, measures.held_personally)
    return Finding("personal", _("Vad beror på enskilda personer?"), " ".join(parts), items, more)


def _whole(seen: Seen) -> Finding:
    measures = seen.measures
    together = [part for part in measures.components if len(part) > 1]
    parts = []
    if len(measures.components) == 1:
        parts.append(_("Ja, alla når varandra genom de andra."))
    elif together:
        parts.append(
            _("Nej, nätverket är i %(parts)s delar. I den största är %(count)s av %(all)s aktörer.")
            % {
                "parts": len(measures.components), "count": len(measures.components[0]),
                "all": measures.nodes,
            }
        )  # fmt: skip
    if measures.density is not None:
        possible = measures.nodes * (measures.nodes - 1) // 2
        parts.append(
            _("Av %(possible)s kontakter som kunde finnas finns %(links)s, %(share)s procent.")
            % {
                "possible": possible, "links": measures.links, "share": _percent(measures.density),
            }
        )  # fmt: skip
    means = _("Andelen kontakter som finns av alla som kunde finnas kallas täthet. Mer är inte "
              "alltid bättre: alla behöver inte samverka med alla.")  # fmt: skip
    return Finding("whole", _("Hänger allt ihop?"), " ".join(parts), (), 0, means)
