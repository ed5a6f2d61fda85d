"""Draws the picture that other sites show beside a link to this one: python -m tests.social_picture

Owns: from social_picture.svg to overrides/assets/images/social.png, with the browser that the tests use and no network.
Never: runs in a build; the picture is kept in the repository and changes only when its drawing does.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser_setup import FLAGS, find_browser

DRAWING = Path(__file__).with_name("social_picture.svg")
PICTURE = Path(__file__).parents[1] / "overrides" / "assets" / "images" / "social.png"
WIDTH, HEIGHT = 1200, 630


def draw(to: Path = PICTURE) -> None:
    """Writes the picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{DRAWING.read_text(encoding='utf-8')}")
        page.screenshot(path=to)
        browser.close()


if __name__ == "__main__":
    draw()
