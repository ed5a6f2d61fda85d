"""The preview: what is shown is what a clean build would make, whatever was edited, and no more is made than was edited."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from macros.preview import Preview

from tests.whole_sites import SMALL, build_environment, copy_small_site

TODAY = date(2026, 11, 20)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_small_site(tmp_path)


@pytest.fixture
def preview(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Preview:
    monkeypatch.setenv("CESCP_TODAY", TODAY.isoformat())
    address = re.search(r"^site_url: (\S+)", (site / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    assert address
    return Preview(site, tmp_path / "shown", address.group(1))


def clean_build(site: Path, folder: Path) -> dict[str, bytes]:
    """Every file of a build from nothing."""
    environment = build_environment({"CESCP_TODAY": TODAY.isoformat(), "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"})
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)], cwd=site, env=environment, check=True)
    return files_of(folder)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file; of the map of the site only what it lists, since it also says the day of its making."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "sitemap.xml.gz"}
    found["sitemap.xml"] = b"\n".join(re.findall(rb"<loc>.*?</loc>", found["sitemap.xml"]))
    return found


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file.name} does not say {old!r}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def made_anew(preview: Preview) -> set[str]:
    """The pages that are made when everything is looked at after an edit."""
    preview.look()
    preview.bring_everything()
    return {path.removesuffix("index.html") for path in preview.made}


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


EDITS: tuple[Callable[[random.Random, Path], None], ...] = (a_sentence, a_title, a_cell, a_record, a_description, a_page_comes_or_goes)


@pytest.mark.parametrize("seed", range(int(os.environ.get("PREVIEW_SEEDS", "2"))))
def test_after_any_edits_every_file_is_that_of_a_clean_build(preview: Preview, site: Path, tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    for step in range(6):
        for kind in rng.sample(EDITS, 2):
            kind(rng, site)
        for path in rng.sample(sorted(preview._pages), 5):  # some pages are looked at in between, others are not
            preview.bring(path)
        preview.look()
        if preview._house is None:  # a sum no longer agrees: then no page but the mistakes is shown, and the build stops
            for path in rng.sample(sorted(preview._pages), 3):
                preview.bring(path)
                assert "Something needs mending" in (preview._folder / path).read_text(encoding="utf-8")
            shutil.copytree(SMALL / "data", site / "data", dirs_exist_ok=True)
            preview.look()
        preview.bring_everything()
        clean = clean_build(site, tmp_path / f"clean-{step}")
        shown = files_of(preview._folder)
        assert sorted(shown) == sorted(clean)
        assert [path for path in clean if shown[path] != clean[path]] == []


def test_an_edit_of_a_page_makes_that_page_anew_and_no_other(preview: Preview, site: Path) -> None:
    preview.bring_everything()
    assert len(preview.made) == len(preview._pages)
    edit(site / "docs/topics/puddles.md", "\n", "\n")
    assert made_anew(preview) == set(), "saving a file as it was changes nothing"
    with (site / "docs/topics/puddles.md").open("a", encoding="utf-8") as page:
        page.write("\nOne more sentence.\n")
    assert made_anew(preview) == {"topics/puddles/"}


def test_an_edit_of_a_cell_makes_the_pages_that_use_the_table_and_no_others(preview: Preview, site: Path) -> None:
    preview.bring_everything()
    before = files_of(preview._folder)
    edit(site / "data/tables/puddles-by-year.csv", "2829", "2830")
    made = made_anew(preview)
    after = files_of(preview._folder)
    changed = {path.removesuffix("index.html") for path in before if path.endswith(".html") and before[path] != after[path]}
    assert "performance/puddles-by-year/" in changed
    assert changed <= made
    for path in made - changed:  # nothing but pages that show the table, or another cell of it
        assert "puddles-by-year" in str(preview._made[f"{path}index.html"]), path
    assert "topics/kites/" not in made
    assert len(made) < len(preview._pages) / 3


def test_an_edit_of_a_contact_that_few_pages_show_leaves_the_others(preview: Preview, site: Path) -> None:
    preview.bring_everything()
    every = len(preview._pages)
    urgent = re.findall(r"- id: (\S+)(?:\n  .*)*?\n  urgent: yes", (site / "data/contacts.yml").read_text(encoding="utf-8"))
    assert urgent
    text = (site / "data/contacts.yml").read_text(encoding="utf-8")
    first = re.search(r"^- id: (?!" + "|".join(urgent) + r")\S+\n  title: (.+)$", text, re.MULTILINE)
    assert first
    edit(site / "data/contacts.yml", f"  title: {first.group(1)}\n", f"  title: {first.group(1)} renamed\n")
    assert 0 < len(made_anew(preview)) < every / 3


def test_a_mistake_takes_the_place_of_every_page_until_it_is_mended(preview: Preview, site: Path) -> None:
    preview.bring_everything()
    good = files_of(preview._folder)
    edit(site / "data/tables/puddles-by-year.csv", "2829", "many")
    preview.look()
    for path in ("index.html", "topics/kites/index.html"):
        preview.bring(path)
        shown = (preview._folder / path).read_text(encoding="utf-8")
        assert "Something needs mending" in shown and "puddles-by-year.csv" in shown and "many" in shown
    edit(site / "data/tables/puddles-by-year.csv", "many", "2829")
    assert made_anew(preview) == {"", "topics/kites/"}
    assert files_of(preview._folder) == good


def test_a_page_that_is_taken_away_is_gone_from_the_site_and_the_search(preview: Preview, site: Path) -> None:
    page = site / "docs/contact/passing.md"
    front = (site / "docs/contact/index.md").read_text(encoding="utf-8").split("---\n")[1]
    page.write_text(f"---\n{front}---\nA zeppelin was seen.\n", encoding="utf-8")
    preview.look()
    preview.bring_everything()
    assert (preview._folder / "contact/passing/index.html").is_file()
    assert any(b"zeppelin" in content for path, content in files_of(preview._folder).items() if path.startswith("search/"))
    page.write_text(f"---\n{front}---\nA <b>zeppelin</b> was seen.\n", encoding="utf-8")
    preview.look()
    preview.bring("contact/passing/index.html")
    assert "Something needs mending" in (preview._folder / "contact/passing/index.html").read_text(encoding="utf-8")
    page.unlink()
    preview.look()
    preview.bring_everything()
    assert not (preview._folder / "contact/passing/index.html").exists()
    assert not any(b"zeppelin" in content for content in files_of(preview._folder).values())


def test_the_preview_begins_again_where_its_own_code_or_settings_were_edited(preview: Preview, site: Path) -> None:
    assert not preview.is_outdated
    with (site / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("# a remark\n")
    assert preview.is_outdated


def test_a_new_year_in_the_data_brings_its_report(preview: Preview, site: Path) -> None:
    preview.bring_everything()
    assert "publications/report-2023-24/index.html" not in preview._pages
    sources = site / "data/sources.yml"
    yearbook, _, others = sources.read_text(encoding="utf-8").partition("- id: made-up-guidance")
    later = yearbook.replace("2023", "2024").replace("2022", "2023")
    sources.write_text(f"{yearbook}{later}- id: made-up-guidance{others}", encoding="utf-8")
    edit(site / "data/tables/puddles-by-year.yml", "source: yearbook-2023", "source: yearbook-2024")
    assert "publications/report-2023-24/" in made_anew(preview)
    assert "Yearly report 2023/24" in (preview._folder / "publications/report-2023-24/index.html").read_text(encoding="utf-8")
