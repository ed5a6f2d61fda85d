"""Draws the picture that other sites show beside a link to this one: python -m tests.social_picture

Owns: from social_picture.svg to overrides/assets/images/social.png, with the browser that the tests use, the site's own
fonts, colours and mark, the people of its home page (without an area's skyline: the picture also begins other areas' sites) and
no network. Never: runs in a build; the picture is kept in the repository and changes only when its drawing does.
"""

from __future__ import annotations

import base64
import mimetypes
import re
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from mkdocs.config import load_config
from playwright.sync_api import Page, sync_playwright

from macros.check import today
from macros.content.catalogue import partnership
from macros.content.reading import load_catalogue
from macros.website.colours import in_chosen_colours
from tests.browser_setup import FLAGS, find_browser

DRAWING = Path(__file__).with_name("social_picture.svg")
ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "overrides/assets/images/social.png"
STYLES, COMPONENTS = ROOT / "overrides/assets/styles", ROOT / "overrides/components"
SCENE = 'x="60" y="158" width="1080" height="474" '  # where the people are in the picture
WIDTH, HEIGHT = 1200, 630


def drawing(name: str, area: str) -> str:
    """The drawing with the partnership's name, the area in a line of its own."""
    rest = name.removeprefix(area).strip()
    scene = Environment(loader=FileSystemLoader(COMPONENTS), autoescape=True).get_template("drawings/home.svg").render(skyline="none")
    parts = {"{area}": escape(area if rest != name else ""), "{name}": escape(rest), "{scene}": scene.replace("<svg ", f"<svg {SCENE}", 1)}
    text = re.sub(r"\{\w+\}", lambda part: parts[part[0]], DRAWING.read_text(encoding="utf-8"))
    return re.sub(r'(?s)<g id="mark".+?</g>', lambda _: _logo() or _[0], text)


def _logo() -> str:
    """The mark that mkdocs.yml names (theme: logo:), in the place of the one that is drawn."""
    named = load_config(str(ROOT / "mkdocs.yml")).theme.get("logo")
    files = [Path(folder) / str(named) for folder in ("overrides", "docs")]
    for file in (ROOT / file for file in files if named and (ROOT / file).is_file()):
        drawn = base64.b64encode(file.read_bytes()).decode()
        return f'<image x="64" y="52" width="110" height="110" href="data:{mimetypes.guess_type(file)[0]};base64,{drawn}"/>'
    return ""


def draw(to: Path, name: str, area: str) -> set[str]:
    """Writes the picture. Returns the typefaces it is written in; one that the computer brought has "(not ours)" behind it."""
    page_text = f"<style>{_styles()} body {{ margin: 0 }} svg {{ display: block }}</style>{drawing(name, area)}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_content(page_text)
        page.evaluate("document.fonts.ready")
        page.screenshot(path=to)
        used = _typefaces(page)
        browser.close()
    return used


def _styles() -> str:
    """The site's colours and how its drawings are painted, and its fonts in full, since a page without an address can fetch none."""

    def embedded(match: re.Match[str]) -> str:
        return f"url(data:font/woff2;base64,{base64.b64encode((STYLES / match.group(1)).read_bytes()).decode()})"

    fonts, face, few, site = ((STYLES / f"{name}.css").read_text(encoding="utf-8") for name in ("fonts", "face", "few-pages", "site"))
    chosen = in_chosen_colours(face, load_config(str(ROOT / "mkdocs.yml")))
    return re.sub(r'url\("([^"]+)"\)', embedded, fonts + chosen + few + re.sub("@import .+", "", site)).replace("optional", "block")


def _typefaces(page: Page) -> set[str]:
    """What the browser says that it drew the letters with."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "text"})["nodeIds"]
    fonts = [font for node in nodes for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]]
    return {font["familyName"] + ("" if font["isCustomFont"] else " (not ours)") for font in fonts}


if __name__ == "__main__":
    own, _ = load_catalogue(ROOT, today())
    draw(PICTURE, load_config(str(ROOT / "mkdocs.yml")).site_name, own.get("area", partnership(own).area).title)
