"""What the gap rules have found in the plan, open and answered, as a section of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from samsyn.publish.reports import Block, Bullets, Paragraph, Section, Strong, Words


@dataclass(frozen=True)
class Finding:
    """Something that a rule has found; `answer` is what the organisation says of it."""

    text: str
    basis: str
    answer: str = ""


@dataclass(frozen=True)
class Findings:
    """All findings of a round, those that nobody has answered first."""

    open: tuple[Finding, ...] = ()
    answered: tuple[Finding, ...] = ()


def gaps(findings: Findings) -> Section:
    """The section on what the plan lacks, and what its organisation answers."""
    blocks: list[Block] = [
        Paragraph(
            _(
                "Reglerna letar efter sådant som erfarenheten visar att planer ofta saknar. Ett "
                "svar säger varför det ändå är rätt här."
            ),
            "lead",
        )
    ]
    sections = []
    if findings.open:
        sections.append(_section("gaps-open", _("Obesvarat"), findings.open))
    if findings.answered:
        sections.append(_section("gaps-answered", _("Besvarat"), findings.answered))
    if not sections:
        blocks.append(Paragraph(_("Reglerna har inte hittat någonting.")))
    return Section("gaps", _("Luckor i planen"), tuple(blocks), tuple(sections))


def _section(name: str, title: str, findings: tuple[Finding, ...]) -> Section:
    return Section(name, title, (Bullets(tuple(_words(one) for one in findings)),))


def _words(finding: Finding) -> Words:
    told = f" {_('Grund')}: {finding.basis.rstrip('.')}." if finding.basis else ""
    answer = f" {_('Svar')}: {finding.answer}" if finding.answer else ""
    return (Strong(f"{finding.text.rstrip('.')}."), f"{told}{answer}")
