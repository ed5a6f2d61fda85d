"""A page for screens as a document for paper: what paper cannot do goes, and every picture says in words what it shows.

Owns: the changes to a built page's tree; the stylesheet in ``overrides/print/`` does what a stylesheet can. Never: lays out or makes a PDF.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

CHART_STYLE = Path(__file__).parents[2] / "overrides" / "print" / "chart.css"
WIDTH, _KEY_LINE = 640, 22  # units: across a chart, which the stylesheet scales to the column, and a line of its key
_LONGEST_WORD = 24  # letters that a cell keeps together
_SVG = "{http://www.w3.org/2000/svg}"


def for_paper(root: ET.Element, colours: Mapping[str, str]) -> None:
    """Changes a page's tree in place; charts take the site's own colours, by the names that its stylesheet gives them."""
    style = re.sub(r"var\(--([\w-]+)\)", lambda name: colours[name[1]], CHART_STYLE.read_text(encoding="utf-8"))
    for figure in root.iterfind(".//figure[@class='chart']"):
        _draw(figure, style)
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


def _draw(figure: ET.Element, style: str) -> None:
    """One chart, its first part with the key inside it and the description as alternative text; WeasyPrint gives it neither the page's styles nor its width."""
    parts, key, name = figure.findall(f"{_SVG}svg"), figure.find("ul[@class='chart-key']"), figure[0]
    if key is not None:
        figure.remove(key)
    for number, drawing in enumerate(parts, 1):
        said = drawing.get("aria-label") or f"Part {number} of {len(parts)} of the chart {''.join(name.itertext())}"
        drawing.attrib.pop("aria-hidden", None)
        _draw_part(drawing, said, key if number == 1 and key is not None else [], style)


def _draw_part(drawing: ET.Element, said: str, key: Iterable[ET.Element], css: str) -> None:
    """One drawing in units, with its words for who cannot see it; above it a line for each entry of the key."""
    shapes = list(drawing[0])
    title, style = ET.Element(f"{_SVG}title"), ET.Element(f"{_SVG}style")
    title.text, style.text = said, css
    drawing[:] = [title, style]
    above = 0
    for entry in key:  # a stretch of the series' line, its mark and its name
        series, (_, mark) = entry.get("class", ""), entry[0]
        line = ET.SubElement(drawing, f"{_SVG}g", {"transform": f"translate(0,{above})"})
        ET.SubElement(line, f"{_SVG}line", {"class": f"segment {series}", "x1": "0", "y1": "10", "x2": "36", "y2": "10"})
        ET.SubElement(line, f"{_SVG}g", {"class": series, "transform": "translate(0,2)"}).append(mark)
        ET.SubElement(line, f"{_SVG}text", {"x": "46", "y": "15"}).text = "".join(entry.itertext()).strip()
        above += _KEY_LINE
    above += 6 if above else 0
    ET.SubElement(drawing, f"{_SVG}g", {"transform": f"translate(0,{above})"}).extend(map(_in_units, shapes))
    height = float(drawing.get("height", "0")) + above
    drawing.attrib.update({"width": str(WIDTH), "height": str(height), "viewBox": f"0 0 {WIDTH} {height}"})


def _in_units(element: ET.Element) -> ET.Element:
    """A shape with its percentages turned into units; a small drawing within the drawing becomes a moved group."""
    for name in ("x", "x1", "x2", "width"):
        value = element.get(name, "")
        if value.endswith("%"):
            element.set(name, f"{float(value[:-1]) * WIDTH / 100:g}")
    if element.tag != f"{_SVG}svg":
        return element
    group = ET.Element(f"{_SVG}g", {"class": element.get("class", ""), "transform": f"translate({element.get('x', '0')},{element.get('y', '0')})"})
    group.extend(element)
    return group
