"""The preview: what is shown is what a clean build would make, whatever was edited, and no more is made than was edited."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

from macros.problems import Problem
from macros.settings import Site
from macros.website.serving import Preview, mistakes_page
from tests.whole_sites import ROOT, SMALL, build_environment, copy_small_site

TODAY = date(2026, 11, 20)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """With layouts of its own, as an edit of one may be tried."""
    site = copy_small_site(tmp_path)
    (tmp_path / "overrides").unlink()
    shutil.copytree(ROOT / "overrides", tmp_path / "overrides")
    return site


class Shown:
    """What `mkdocs serve --dirty --no-strict` does after each edit, without its server: a build of what has changed, the plugin kept from the last."""

    def __init__(self, site: Path, folder: Path) -> None:
        self.site, self.folder = site, folder
        self.config = self._settings()
        self.config.plugins.on_startup(command="serve", dirty=True)
        self.made: set[str] = set()
        self.look()

    def _settings(self) -> Any:
        return load_config(str(self.site / "mkdocs.yml"), site_dir=str(self.folder), strict=False)

    @property
    def preview(self) -> Preview:
        return self.config.plugins["website"].preview

    @property
    def pages(self) -> set[str]:
        """Every page by its address without the first slash; what stands at old and withdrawn addresses is none."""
        found = {path.relative_to(self.folder).as_posix().removesuffix("index.html") for path in self.folder.rglob("index.html")}
        withdrawn = {entry["address"].strip("/") + "/" for entry in yaml.safe_load((self.site / "data/withdrawn.yml").read_text(encoding="utf-8"))}
        return {page for page in found if ".aspx" not in page} - withdrawn

    def look(self) -> None:
        """The build after a save; ``made`` are the pages that it made."""
        before = dict(self.preview._made)
        self.config = self._settings()
        build(self.config, serve_url=self.config.site_url, dirty=True)
        self.preview.wait_for_rest()
        after = self.preview._made
        self.made = {self._address(path) for path in after if after[path] is not before.get(path)}

    def _address(self, path: str) -> str:
        return path.removesuffix("index.md") if path.endswith("index.md") else f"{path.removesuffix('.md')}/"

    def shown(self, address: str) -> str:
        return (self.folder / address / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def preview(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shown:
    monkeypatch.setenv("SITE_TODAY", TODAY.isoformat())
    return Shown(site, tmp_path / "shown")


def clean_build(site: Path, folder: Path) -> dict[str, bytes]:
    """Every file of a build from nothing."""
    environment = build_environment({"SITE_TODAY": TODAY.isoformat(), "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"})
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)], cwd=site, env=environment, check=True)
    return files_of(folder)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file but what only a publication has, and the theme's styles, of which a publication leaves out what no page uses; of the map of the site only what it lists, since it also says the day of its making."""
    published = ("sitemap.xml.gz", "files.sha256", "built-for.txt")
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name not in published]
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    policy = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')  # a preview has none: MkDocs puts a script into each page
    found = {path: policy.sub(b"", content) if path.endswith(".html") else content for path, content in found.items()}
    _, found["assets/styles/site.css"] = found["assets/styles/site.css"].split(b"@font-face", 1)  # with which the site's own begin
    found["sitemap.xml"] = b"\n".join(re.findall(rb"<loc>.*?</loc>", found["sitemap.xml"]))
    return found


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file.name} does not say {old!r}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def remade(preview: Shown) -> set[str]:
    """The pages that are made after an edit."""
    preview.look()
    return preview.made


# Kinds of edit, each at a place that chance chooses ------------------------------------------------------


def _some(rng: random.Random, site: Path, pattern: str) -> Path:
    return rng.choice(sorted(site.glob(pattern)))


def a_sentence(rng: random.Random, site: Path) -> None:
    file = _some(rng, site, "docs/**/*.md")
    file.write_text(file.read_text(encoding="utf-8").rstrip("\n") + f"\n\nA sentence of {rng.randrange(10**6)} words.\n", encoding="utf-8")


def a_title(rng: random.Random, site: Path) -> None:
    file = _some(rng, site, "docs/**/*.md")
    file.write_text(
        re.sub(r"^title: (.*?)(?: \d+)?$", rf"title: \1 {rng.randrange(10**6)}", file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE),
        encoding="utf-8",
    )


def a_cell(rng: random.Random, site: Path) -> None:
    """The last digit of a number; a page of two sums may notice, and then the mistake is what is shown."""
    file = _some(rng, site, "data/tables/*.csv")
    lines = file.read_text(encoding="utf-8").split("\n")
    row = rng.randrange(1, len(lines) - 1)
    lines[row] = re.sub(r"\d(?=\D*$)", lambda m: str((int(m.group()) + rng.randrange(1, 9)) % 10), lines[row])
    file.write_text("\n".join(lines), encoding="utf-8")


def a_record(rng: random.Random, site: Path) -> None:
    """A title in a list."""
    file = _some(rng, site, "data/*.yml")
    lines = file.read_text(encoding="utf-8").split("\n")
    places = [number for number, line in enumerate(lines) if re.match(r"[- ] (?:title|summary|long|meaning|says|place): \w", line)]
    if places:
        place = rng.choice(places)
        lines[place] = re.sub(r"(?: \d+)?$", f" {rng.randrange(10**6)}", lines[place])
    file.write_text("\n".join(lines), encoding="utf-8")


def a_description(rng: random.Random, site: Path) -> None:
    file = _some(rng, site, "data/tables/*.yml")
    file.write_text(
        re.sub(r"^(title|summary): (.*)$", rf"\1: \2 {rng.randrange(10**6)}", file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE), encoding="utf-8"
    )


def a_page_comes_or_goes(rng: random.Random, site: Path) -> None:
    new = site / "docs/topics/a-new-one.md"
    if new.exists():
        new.unlink()
    else:
        template = (site / "docs/contact/index.md").read_text(encoding="utf-8").split("---\n")
        (site / "docs/contact/a-new-one.md").write_text(f"---\n{template[1]}---\nNumber {rng.randrange(10**6)}.\n", encoding="utf-8")


def a_layout(rng: random.Random, site: Path) -> None:
    """The texts of all pages are filled into it again."""
    file = site.parents[1] / "overrides/main.html"
    file.write_text(file.read_text(encoding="utf-8").replace("</article>", f"<p>{rng.randrange(10**6)}</p></article>"), encoding="utf-8")


EDITS: tuple[Callable[[random.Random, Path], None], ...] = (a_sentence, a_title, a_cell, a_record, a_description, a_page_comes_or_goes)


@pytest.mark.parametrize("seed", range(int(os.environ.get("PREVIEW_SEEDS", "3"))))
def test_after_any_edits_every_file_is_that_of_a_clean_build(preview: Shown, site: Path, tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    for kind in (*rng.sample(EDITS, 2), a_layout, *rng.sample(EDITS, 2)):
        kind(rng, site)
        preview.look()
    if preview.preview.problems:  # a sum no longer agrees: then nothing but the mistakes is shown, and a build stops
        assert all("Something needs fixing" in preview.shown(page) for page in rng.sample(sorted(preview.pages), 3))
        shutil.copytree(SMALL / "data", site / "data", dirs_exist_ok=True)
        preview.look()
    clean = clean_build(site, tmp_path / "clean")
    shown = files_of(preview.folder)
    assert sorted(shown) == sorted(clean)
    assert [path for path in clean if shown[path] != clean[path]] == []


def test_an_edit_of_a_page_remakes_that_page_and_no_other(preview: Shown, site: Path) -> None:
    assert preview.made == preview.pages
    edit(site / "docs/topics/puddles.md", "\n", "\n")
    assert remade(preview) == set(), "saving a file as it was changes nothing"
    with (site / "docs/topics/puddles.md").open("a", encoding="utf-8") as page:
        page.write("\nOne more sentence.\n")
    assert remade(preview) == {"topics/puddles/"}
    assert "One more sentence." in preview.shown("topics/puddles")


def test_nothing_is_written_any_more_when_mkdocs_takes_its_folder_away(preview: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C straight after a save: what follows the pages is still being made."""
    monkeypatch.setattr("macros.website.serving.search_files", lambda *_: time.sleep(0.3) or {})
    preview.preview.write_rest(preview.folder, Site("https://www.example.org/", "A made-up site"))
    preview.config.plugins.on_shutdown()
    shutil.rmtree(preview.folder)
    time.sleep(0.4)
    assert not preview.folder.exists()


def test_an_edit_of_a_cell_makes_the_pages_that_use_the_table_and_no_others(preview: Shown, site: Path) -> None:
    before = files_of(preview.folder)
    edit(site / "data/tables/puddles-by-year.csv", "2829", "2830")
    made = remade(preview)
    after = files_of(preview.folder)
    changed = {path.removesuffix("index.html") for path in before if path.endswith(".html") and before[path] != after[path]}
    assert "performance/puddles-by-year/" in changed
    assert changed <= made
    assert "topics/kites/" not in made
    assert len(made) < len(preview.pages) / 3


def test_an_edit_of_a_contact_that_few_pages_show_leaves_the_others(preview: Shown, site: Path) -> None:
    text = (site / "data/contacts.yml").read_text(encoding="utf-8")
    urgent = re.findall(r"- id: (\S+)(?:\n  .*)*?\n  urgent: yes", text)
    assert urgent
    first = re.search(r"^- id: (?!" + "|".join(urgent) + r")\S+\n  title: (.+)$", text, re.MULTILINE)
    assert first
    edit(site / "data/contacts.yml", f"  title: {first.group(1)}\n", f"  title: {first.group(1)} renamed\n")
    assert 0 < len(remade(preview)) < len(preview.pages) / 3


def test_a_mistake_takes_the_place_of_every_page_until_it_is_fixed(preview: Shown, site: Path) -> None:
    good = files_of(preview.folder)
    edit(site / "data/tables/puddles-by-year.csv", "2829", "many")
    preview.look()
    for page in preview.pages - {""}:
        shown = preview.shown(page)
        assert "Something needs fixing" in shown and "puddles-by-year.csv" in shown and "many" in shown
    edit(site / "data/tables/puddles-by-year.csv", "many", "2829")
    assert remade(preview) == set(), "what was there is shown again"
    assert files_of(preview.folder) == good


def test_a_page_that_is_taken_away_is_gone_from_the_site_and_the_search(preview: Shown, site: Path) -> None:
    page = site / "docs/contact/passing.md"
    front = (site / "docs/contact/index.md").read_text(encoding="utf-8").split("---\n")[1]
    page.write_text(f"---\n{front}---\nA zeppelin was seen.\n", encoding="utf-8")
    preview.look()
    assert "zeppelin" in preview.shown("contact/passing")
    assert any(b"zeppelin" in content for path, content in files_of(preview.folder).items() if path.startswith("search/"))
    page.write_text(f"---\n{front}---\nA <b>zeppelin</b> was seen.\n", encoding="utf-8")
    preview.look()
    assert "Something needs fixing" in preview.shown("contact/passing")
    page.unlink()
    preview.look()
    assert not (preview.folder / "contact/passing/index.html").exists()
    assert not any(b"zeppelin" in content for content in files_of(preview.folder).values())


LAYOUTS = {
    "that does not close": ("main.html", "{% if %}", "main.html"),
    "that asks for what is not there": ("partials/footer.html", "{{ nothing.at.all }}", "footer.html"),
    "of a component": ("components/source_line.html", "{{ nothing.at.all }}", "Something needs fixing"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_mistake_in_a_layout_is_shown_and_the_preview_goes_on(name: str, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_TODAY", TODAY.isoformat())
    overrides = site.parents[1] / "overrides"
    monkeypatch.setattr("macros.components.TEMPLATES", overrides / "components")
    preview = Shown(site, tmp_path / "shown")
    good = files_of(preview.folder)
    layout, mistake, says = LAYOUTS[name]
    text = (overrides / layout).read_text(encoding="utf-8")
    (overrides / layout).write_text(text + mistake, encoding="utf-8")
    preview.look()
    shown = preview.shown("performance/puddles-by-year")
    assert "Something needs fixing" in shown and says in shown
    (overrides / layout).write_text(text, encoding="utf-8")
    preview.look()
    assert files_of(preview.folder) == good


def test_an_edit_of_a_part_of_pages_is_seen_on_them(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_TODAY", TODAY.isoformat())
    components = site.parents[1] / "overrides/components"
    monkeypatch.setattr("macros.components.TEMPLATES", components)
    preview = Shown(site, tmp_path / "shown")
    edit(components / "table.html", "<table", '<table data-mark="new"')
    assert remade(preview) == preview.pages
    assert 'data-mark="new"' in preview.shown("performance/puddles-by-year")


def test_an_edit_of_the_python_asks_to_begin_again(preview: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview.preview, "_code", "as it was before")
    preview.look()
    assert "start it again: make serve" in preview.shown("topics/puddles")


def test_what_is_wrong_is_shown_as_text() -> None:
    assert "<script>" not in mistakes_page([Problem("a.md", 1, "<script>", "&")])


def test_a_new_year_in_the_data_brings_its_report(preview: Shown, site: Path) -> None:
    assert "publications/report-2023-24/" not in preview.pages
    sources = site / "data/sources.yml"
    yearbook, _, others = sources.read_text(encoding="utf-8").partition("- id: made-up-guidance")
    later = yearbook.replace("2023", "2024").replace("2022", "2023")
    sources.write_text(f"{yearbook}{later}- id: made-up-guidance{others}", encoding="utf-8")
    edit(site / "data/tables/puddles-by-year.yml", "source: yearbook-2023", "source: yearbook-2024")
    assert "publications/report-2023-24/" in remade(preview)
    assert "Yearly report 2023/24" in preview.shown("publications/report-2023-24")
