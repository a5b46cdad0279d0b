"""Pictures as SVG that Word can draw, each with a PNG for programs that cannot."""

from __future__ import annotations

from io import BytesIO
from typing import Final
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from samsyn.publish.fonts import SANS
from samsyn.publish.reports import figures
from samsyn.publish.reports.figures import Drawing
from samsyn.publish.reports.word import styles
from samsyn.publish.reports.word.draft import Draft
from samsyn.publish.reports.word.elements import Element, clean, one_line, w
from samsyn.publish.reports.word.template import HEIGHT, TWIP, WIDTH
from samsyn.publish.theme import LIGHT

TALLEST: Final = 0.76  # of the page, which has the caption too
PIXEL: Final = 9525  # in the units of drawings
_SVG: Final = "{http://www.w3.org/2000/svg}"
# The extension by which Office finds the SVG of a picture.
_EXTENSION: Final = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_OFFICE: Final = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"

ElementTree.register_namespace("", _SVG[1:-1])


def figure(draft: Draft, drawing: Drawing, name: str, alt: str) -> Element:
    """A run with a picture as wide as the text, and no higher than a page."""
    wide = min(WIDTH, TALLEST * HEIGHT * drawing.width / drawing.height)
    return _run(draft, drawing, TWIP * wide / drawing.width, name, alt)


def small(draft: Draft, drawing: Drawing, alt: str) -> Element:
    """A run with a picture of its own size, as in a cell."""
    return _run(draft, drawing, PIXEL, "", alt)


def _run(draft: Draft, drawing: Drawing, unit: float, name: str, alt: str) -> Element:
    number = draft.number("drawing")
    part = draft.document.part
    whole = grounded(drawing)
    fallback, _ = part.get_or_add_image(BytesIO(figures.png(whole)))
    content = portable(whole.svg).encode()
    sharp = part.relate_to(
        Part(PackURI(f"/word/media/drawing{number}.svg"), "image/svg+xml", content, part.package),
        RELATIONSHIP_TYPE.IMAGE,
    )
    size = f'cx="{drawing.width * unit:.0f}" cy="{drawing.height * unit:.0f}"'
    told = f'id="{number}" name={_quoted(name or f"Picture {number}")} descr={_quoted(alt)}'
    inline = parse_xml(
        f'<wp:inline {nsdecls("wp", "a", "pic", "r")} distT="0" distB="0" distL="0" distR="0">'
        f"<wp:extent {size}/><wp:docPr {told}/>"
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        "<a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f"<pic:nvPicPr><pic:cNvPr {told}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{fallback}"><a:extLst><a:ext uri="{_EXTENSION}">'
        f'<asvg:svgBlip xmlns:asvg="{_OFFICE}" r:embed="{sharp}"/></a:ext></a:extLst></a:blip>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline>"
    )
    return w("r", w("drawing", inline))


def grounded(drawing: Drawing) -> Drawing:
    """On white to the edges: where a PNG begins to be transparent, some programs draw a line."""
    root = ElementTree.fromstring(clean(drawing.svg))
    box = root.get("viewBox") or f"0 0 {drawing.width:g} {drawing.height:g}"
    sides = zip(("x", "y", "width", "height"), box.split(), strict=True)
    ground = ElementTree.Element(f"{_SVG}rect", {**dict(sides), "fill": LIGHT.background})
    root.insert(sum(child.tag in {f"{_SVG}title", f"{_SVG}desc"} for child in root), ground)
    svg = ElementTree.tostring(root, encoding="unicode")
    return Drawing(svg, drawing.width, drawing.height)


def portable(svg: str) -> str:
    """The SVG without what Office may not follow, and in letters that it has.

    An `svg` inside another becomes a group that is clipped, as Office writes it itself. A halo that
    is to be painted below its letters becomes letters of its own below them: where the order is not
    followed, it would cover them.
    """
    root = ElementTree.fromstring(svg.replace(SANS, f"{styles.SANS}, Carlito, {SANS}, sans-serif"))
    for number, parent in enumerate(list(root.iter())):
        for at, child in reversed(list(enumerate(parent))):
            if child.tag == f"{_SVG}svg":
                _grouped(child, f"clip-{number}-{at}")
            elif child.tag == f"{_SVG}text" and child.get("paint-order") == "stroke":
                parent.insert(at + 1, _bare(child))
                del child.attrib["paint-order"]
    return ElementTree.tostring(root, encoding="unicode")


def _grouped(inner: ElementTree.Element, name: str) -> None:
    told = dict(inner.attrib)
    inner.tag = f"{_SVG}g"
    inner.attrib.clear()
    inner.set("transform", f"translate({told.get('x', '0')},{told.get('y', '0')})")
    inner.set("clip-path", f"url(#{name})")
    clip = ElementTree.Element(f"{_SVG}clipPath", id=name)
    ElementTree.SubElement(
        clip, f"{_SVG}rect", width=told.get("width", "100%"), height=told.get("height", "100%")
    )
    inner.insert(0, clip)


def _bare(text: ElementTree.Element) -> ElementTree.Element:
    kept = {
        key: value for key, value in text.items()
        if not key.startswith("stroke") and key != "paint-order"
    }  # fmt: skip
    made = ElementTree.Element(text.tag, kept)
    made.text, made.tail = text.text, text.tail
    made.extend(text)
    return made


def _quoted(text: str) -> str:
    return quoteattr(one_line(text))
