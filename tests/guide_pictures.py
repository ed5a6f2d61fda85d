"""Makes the pictures of the editors' guide and of the README from the real pages: ``python tests/guide_pictures.py``.

Owns: which part of which page each picture shows. Never: shows anything that is not really there. Run it again
when the pages look different; the pictures are kept in docs/contribute/ and .github/.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from macros.check import check, today
from macros.problems import errors, in_order
from macros.website.serving import mistakes_page
from tests.browser.watching import serving
from tests.browser_setup import FLAGS, find_browser

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs/contribute"
HOME = "../../.github/home.png"  # in the README
NAMES = ("table-page.png", "change-this-table.png", "something-to-fix.png")
TABLE = "data/tables/website-views.csv"
MARK = "outline: 4px solid #d4351c; outline-offset: 2px;"  # shows where to look; not part of the page


def build(folder: Path, spoil: bool) -> Path:
    """The site built from a copy of the project; with a mistake in a table, as the preview shows it."""
    for part in ("docs", "data", "overrides", "macros", "mkdocs.yml"):
        (shutil.copytree if (ROOT / part).is_dir() else shutil.copy)(ROOT / part, folder / part)
    for name in NAMES:
        if not (folder / "docs/contribute" / name).exists():
            Image.new("RGB", (4, 4)).save(folder / "docs/contribute" / name)
    if spoil:
        table = folder / TABLE
        spoilt = re.sub(r"(?m)^(\w[^,\n]*),(\d)(\d{3}),", r'\1,"\2,\3",', table.read_text(encoding="utf-8"), count=1)
        table.write_text(spoilt, encoding="utf-8")
        (folder / "site").mkdir()
        (folder / "site/index.html").write_text(mistakes_page(in_order(errors(check(folder, today())[1]))), encoding="utf-8")
    else:
        environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"], cwd=folder, env=environment, check=True)
    return folder / "site"


def keep(picture: bytes, name: str) -> None:
    """Saves a picture with few colours, which is a quarter of the size and looks the same."""
    Image.open(io.BytesIO(picture)).convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(FOLDER / name, optimize=True)
    print(f"{name}: {(FOLDER / name).stat().st_size:,} bytes")


def show(page: Page, address: str) -> None:
    """Opens a page, and again when its letters have come: the first time a browser does not wait for them."""
    for _ in range(2):
        page.goto(address)
        page.wait_for_load_state("networkidle")


def main() -> None:
    """Makes every picture."""
    with tempfile.TemporaryDirectory() as good, tempfile.TemporaryDirectory() as spoilt, ExitStack() as stack, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        served, broken = (stack.enter_context(serving(build(Path(folder), spoil=folder is spoilt))) for folder in (good, spoilt))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        show(page, f"{served}/")
        keep(page.screenshot(), HOME)
        page.set_viewport_size({"width": 1000, "height": 720})
        show(page, f"{served}/performance/website-views/")
        top = page.locator("main h1").bounding_box()
        assert top
        keep(page.screenshot(full_page=True, clip={"x": 0, "y": top["y"] - 20, "width": 1000, "height": 860}), "table-page.png")
        link = page.locator("a.edit")
        link.scroll_into_view_if_needed()
        link.evaluate(f"link => link.style = '{MARK}'")
        box = link.bounding_box()
        assert box
        keep(page.screenshot(clip={"x": 0, "y": max(0, box["y"] - 180), "width": 1000, "height": 240}), "change-this-table.png")
        show(page, f"{broken}/")
        problems = page.locator("ol.to-fix").bounding_box()
        heading = page.locator("main h1").bounding_box()
        assert problems and heading
        height = problems["y"] + problems["height"] - heading["y"] + 60
        keep(page.screenshot(clip={"x": max(0, heading["x"] - 30), "y": heading["y"] - 20, "width": 760, "height": height}), "something-to-fix.png")
        browser.close()


if __name__ == "__main__":
    main()
