r"""Formulas as MathML, which browsers draw and screen readers read, from a little of TeX.

What is understood: letters, numbers and operators as they stand; `_` and `^` with one sign or
{...}; parentheses and bars in pairs; `\frac`, `\sqrt`, `\bar`, `\tilde`, `\text`, `\sum`, `\int`,
`\max`, `\min`, `\ln`, `\exp`, Greek letters and a few signs by name. A semicolon between two
formulas sets them apart.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import Final

TOKEN: Final = re.compile(r"\\[A-Za-z]+|\d+(?:[.,]\d+)?|\s+|.")
GREEK: Final = {
    "alpha": "α", "beta": "β", "eta": "η", "theta": "θ", "lambda": "λ", "pi": "π", "sigma": "σ",
}  # fmt: skip
SIGNS: Final = {
    "cdot": "·", "le": "≤", "ge": "≥", "ne": "≠", "infty": "∞", "times": "×", "pm": "±",
    "approx": "≈", "in": "∈", "colon": ":", "mp": "∓",
}  # fmt: skip
FUNCTIONS: Final = ("ln", "exp", "max", "min", "log")
LARGE: Final = {"sum": "∑", "int": "∫"}
FENCES: Final = {"(": ")", "|": "|"}
ACCENTS: Final = {"bar": "¯", "tilde": "~"}


@cache
def mathml(tex: str, display: bool = False) -> str:
    """The formula as an element of MathML. Raises ValueError for what is not understood."""
    block = ' display="block"' if display else ""
    made = []
    for part in tex.split(";"):
        inner, rest = _row([token for token in TOKEN.findall(part) if not token.isspace()])
        if rest:
            raise ValueError(f"{part!r} has more closing than opening braces")
        made.append(f"<math{block}>{inner}</math>")
    return " ".join(made)


def _row(tokens: list[str], end: str = "}") -> tuple[str, list[str]]:
    """What stands until what closes it, or the end, and what is left from there."""
    parts: list[str] = []
    while tokens and tokens[0] != end:
        part, tokens = _scripted(tokens)
        parts.append(part)
    return (parts[0] if len(parts) == 1 else f"<mrow>{''.join(parts)}</mrow>"), tokens


def _scripted(tokens: list[str]) -> tuple[str, list[str]]:
    """A sign with what stands below and above it."""
    over = tokens[0][1:] in LARGE or tokens[0] in {"\\max", "\\min"}
    base, tokens = _one(tokens)
    below = above = None
    while tokens and tokens[0] in {"_", "^"}:
        mark = tokens[0]
        script, tokens = _one(tokens[1:])
        below, above = (script, above) if mark == "_" else (below, script)
    names = ("munder", "mover", "munderover") if over else ("msub", "msup", "msubsup")
    if below is not None and above is not None:
        return f"<{names[2]}>{base}{below}{above}</{names[2]}>", tokens
    if below is not None:
        return f"<{names[0]}>{base}{below}</{names[0]}>", tokens
    if above is not None:
        return f"<{names[1]}>{base}{above}</{names[1]}>", tokens
    return base, tokens


def _one(tokens: list[str]) -> tuple[str, list[str]]:
    """One sign, or all that stands in braces."""
    if not tokens:
        raise ValueError("a formula ends where something must follow")
    token, rest = tokens[0], tokens[1:]
    if token == "{":
        inner, rest = _row(rest)
        if not rest:
            raise ValueError("a brace is not closed")
        return inner, rest[1:]
    if token in FENCES:
        inner, rest = _row(rest, FENCES[token])
        if not rest:
            raise ValueError(f"{token} is not closed")
        before, after = (
            f'<mo form="{form}" fence="true" stretchy="true">{sign}</mo>'
            for form, sign in (("prefix", token), ("postfix", FENCES[token]))
        )
        return f"<mrow>{before}{inner}{after}</mrow>", rest[1:]
    if token.startswith("\\"):
        return _named(token[1:], rest)
    if token[0].isdigit():
        return f"<mn>{token}</mn>", rest
    if token.isalpha():
        return f"<mi>{token}</mi>", rest
    return f"<mo>{escape({'-': '−', '*': '∗'}.get(token, token))}</mo>", rest


def _named(name: str, rest: list[str]) -> tuple[str, list[str]]:
    if name == "frac":
        above, rest = _one(rest)
        below, rest = _one(rest)
        return f"<mfrac>{above}{below}</mfrac>", rest
    if name == "sqrt":
        inner, rest = _one(rest)
        return f"<msqrt>{inner}</msqrt>", rest
    if name in ACCENTS:
        inner, rest = _one(rest)
        return f'<mover accent="true">{inner}<mo>{ACCENTS[name]}</mo></mover>', rest
    if name == "text":
        end = rest.index("}")
        return f"<mi>{escape(''.join(rest[1:end]))}</mi>", rest[end + 1 :]
    if name in GREEK:
        return f"<mi>{GREEK[name]}</mi>", rest
    if name in LARGE:
        return f"<mo>{LARGE[name]}</mo>", rest
    if name in SIGNS:
        return f"<mo>{SIGNS[name]}</mo>", rest
    if name in FUNCTIONS:
        return f'<mi>{name}</mi><mspace width="0.17em"/>', rest
    raise ValueError(f"\\{name} is no sign that is understood")
