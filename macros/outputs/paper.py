"""A page for screens as a document for paper: what paper cannot do goes, and every picture says in words what it shows.

Owns: the changes to a built page's tree; the stylesheet in ``overrides/print/`` does what a stylesheet can. Never: lays out or makes a PDF.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from xml.etree import ElementTree as ET

WIDTH = 640  # units across a chart; the stylesheet scales it to the column
_LONGEST_WORD = 24  # letters that a cell keeps together
_SVG = "{http://www.w3.org/2000/svg}"


def for_paper(root: ET.Element) -> None:
    """Changes a page's tree in place."""
    _drop(root, _is_furniture)
    for figure in root.iter("figure"):
        drawing = figure.find(f"{_SVG}svg")
        if drawing is not None:
            _draw(figure, drawing)
    _drop(root, lambda element: element.get("aria-hidden") == "true")  # drawings and signs that only repeat the word beside them
    # A list of terms holds terms and meanings alone: boxes around the pairs would break the list for readers' tools.
    for terms in root.iter("dl"):
        parts: list[ET.Element] = []
        for child in terms:
            if child.tag == "div" and len(child) and child.get("id"):
                child[0].set("id", child.get("id", ""))
            parts += child if child.tag == "div" else [child]
        terms[:] = parts
    # A word that would push its table off the paper, such as an address, may be broken anywhere.
    for cell in (cell for kind in ("th", "td") for cell in root.iter(kind)):
        if any(len(word) > _LONGEST_WORD for word in "".join(cell.itertext()).split()):
            cell.set("class", f"{cell.get('class', '')} long-word")


def _is_furniture(element: ET.Element) -> bool:
    """Scripts, forms, buttons, the page's foot, lists of contents that are not a report's, and lines that only lead to another page."""
    classes = _classes(element)
    if element.tag == "nav":
        return "report-contents" not in classes
    leads_away = "source-line" in classes and not (element.text or "").strip() and len(element) > 0 and element[0].tag == "a"
    return leads_away or element.tag in ("script", "template", "form", "button", "footer") or bool(classes & {"pdf-links", "edit"})


def _drop(parent: ET.Element, unwanted: Callable[[ET.Element], bool]) -> None:
    """Takes elements out and leaves the text that follows each."""
    before: ET.Element | None = None
    for child in list(parent):
        if not (isinstance(child.tag, str) and unwanted(child)):
            _drop(child, unwanted)
            before = child
            continue
        if before is None:
            parent.text = (parent.text or "") + (child.tail or "")
        else:
            before.tail = (before.tail or "") + (child.tail or "")
        parent.remove(child)


def _classes(element: ET.Element) -> set[str]:
    return set((element.get("class") or "").split())


# Charts: WeasyPrint gives a drawing neither the page's styles nor its width --------------------------------

_KEY_LINE = 22
_CHART_STYLE = """
text { font-family: "Atkinson Hyperlegible Next"; font-size: 15px; fill: #18252c }
.value { font-weight: bold } .label { fill: #41515a } .axis { stroke: #41515a; stroke-width: 1 }
.segment { stroke-width: 3; fill: none }
.series-1.bar, .series-1 > * { fill: #0b5563 } .series-2.bar, .series-2 > * { fill: #9a3f13 }
.series-3.bar, .series-3 > * { fill: #5a3d8a } .series-4.bar, .series-4 > * { fill: #3d5a12 }
.series-1.segment { stroke: #0b5563 } .series-2.segment { stroke: #9a3f13; stroke-dasharray: 9 5 }
.series-3.segment { stroke: #5a3d8a; stroke-dasharray: 3 5 } .series-4.segment { stroke: #3d5a12; stroke-dasharray: 14 4 3 4 }
"""


def _draw(figure: ET.Element, drawing: ET.Element) -> None:
    """One chart with its styles, a fixed width, its key inside it, and its description as alternative text."""
    title, description = drawing.find(f"{_SVG}title"), drawing.find(f"{_SVG}desc")
    if title is not None and description is not None:
        title.text = f"{title.text}. {description.text}"
        drawing.remove(description)
    key = next((child for child in figure if "chart-key" in _classes(child)), None)
    above = 0
    if key is not None:
        above = _KEY_LINE * len(key) + 6
        figure.remove(key)
    shapes = ET.Element(f"{_SVG}g", {"transform": f"translate(0,{above})"})
    shapes.extend(_in_units(child) for child in drawing if child is not title)
    style = ET.Element(f"{_SVG}style")
    style.text = _CHART_STYLE
    entries = [_key_entry(entry, number) for number, entry in enumerate(key if key is not None else ())]
    drawing[:] = [*(child for child in drawing if child is title), style, *entries, shapes]
    height = float(drawing.get("height") or 0) + above
    for name, value in (("width", WIDTH), ("height", height), ("viewBox", f"0 0 {WIDTH} {height}")):
        drawing.set(name, str(value))


def _in_units(element: ET.Element) -> ET.Element:
    """A shape with its percentages turned into units; a small drawing within the drawing becomes a moved group."""
    for name in ("x", "x1", "x2", "width"):
        value = element.get(name)
        if value and value.endswith("%"):
            element.set(name, f"{float(value[:-1]) * WIDTH / 100:g}")
    if element.tag != f"{_SVG}svg":
        return element
    group = ET.Element(f"{_SVG}g", {"class": element.get("class", ""), "transform": f"translate({element.get('x', '0')},{element.get('y', '0')})"})
    group.extend(element)
    return group


def _key_entry(entry: ET.Element, number: int) -> ET.Element:
    """One line of the key: a stretch of the series' line, its mark and its name."""
    series = next((name for name in _classes(entry) if name.startswith("series-")), "series-1")
    group = ET.Element(f"{_SVG}g", {"transform": f"translate(0,{number * _KEY_LINE})"})
    ET.SubElement(group, f"{_SVG}line", {"class": f"segment {series}", "x1": "0", "y1": "10", "x2": "36", "y2": "10"})
    swatch = entry.find(f"{_SVG}svg")
    if swatch is not None:
        marks = ET.SubElement(group, f"{_SVG}g", {"class": series, "transform": "translate(0,2)"})
        marks.extend(copy.deepcopy(shape) for shape in swatch if shape.tag != f"{_SVG}line")
    words = ET.SubElement(group, f"{_SVG}text", {"x": "46", "y": "15"})
    words.text = "".join(entry.itertext()).strip()
    return group
