"""Templates, schemas, new entries and ways in: made from the models, in step with them, and usable as they are."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from ruamel.yaml import YAML

from macros import __main__ as door
from macros.content.reading import load_catalogue
from macros.editing import Refused, generated_files
from macros.editing.kinds import settings_of
from macros.editing.new import new_entry, new_files, write_files
from macros.editing.templates import TABLE_NUMBERS, as_id, template, yaml_text
from macros.models import KINDS, TABLE
from macros.models.base import ContentType
from macros.problems import errors
from macros.rules import check_all
from macros.settings import read_settings
from macros.sources.yaml_files import parse_yaml
from macros.views.ways_in import LONGEST_ADDRESS, OFTEN, new_file, ways_in
from tests.mistakes_corpus import TODAY, fresh_site
from tests.schema_fit import as_an_editor_reads, faults, files_of, validator
from tests.whole_sites import ROOT, SMALL, build, copy_small_site

KIND = {kind.name: kind for kind in KINDS}
EVERY = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def test_what_is_generated_is_in_step_with_the_models(tmp_path: Path) -> None:
    """With lists in the forms made from the data they were made from: an editor who adds an event does not stop the next change of the code."""
    for folder in ("data/schemas", "data/templates", ".github/ISSUE_TEMPLATE", ".vscode", "docs/contribute"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    for folder in ("macros", "overrides"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    session = YAML(typ="safe", pure=True).load((tmp_path / ".github/ISSUE_TEMPLATE/session.yml").read_text())
    for question, kind in (("source", "source"), ("event", "event"), ("series", "training-series"), ("themes", "theme")):
        [offered] = [part["attributes"].get("options", ()) for part in session["body"] if part.get("id") == question]
        place = SMALL / KIND[kind].home
        [_, *settings] = place.read_text().split("- id: ")[1].split("\n")
        entries = ["\n".join([f"- id: {name}", *settings]) for name in offered]
        (tmp_path / KIND[kind].home).write_text("".join(entries) or "[]\n")  # a form of a site that has none yet offers none
    assert generated_files.stale(tmp_path, TODAY) == [], "run `make schemas`"


def test_a_stale_or_left_over_file_is_seen_and_put_right(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Kites\nrepo_url: https://www.example.org/owner/name\n")
    written = generated_files.write(tmp_path, TODAY)
    assert "data/templates/review.md" in written and "docs/contribute/settings.md" in written
    assert generated_files.stale(tmp_path, date(2027, 3, 1)) == []
    (tmp_path / "data/templates/review.md").write_text("old")
    (tmp_path / "data/schemas/gone.json").write_text("{}")
    assert generated_files.write(tmp_path, TODAY) == ["data/schemas/gone.json", "data/templates/review.md"]
    assert not (tmp_path / "data/schemas/gone.json").exists()


def test_the_days_of_review_of_a_made_page_are_a_persons_to_move(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Kites\nrepo_url: https://www.example.org/owner/name\n")
    generated_files.write(tmp_path, TODAY)
    page = tmp_path / "docs/contribute/settings.md"
    page.write_text(page.read_text().replace("review_by: 2027-11-20", "review_by: 2028-02-02"))
    assert generated_files.stale(tmp_path, TODAY) == []


# Every template as it stands -------------------------------------------------------------------------------


@EVERY
def test_a_template_names_every_setting_once_and_explains_it(kind: ContentType) -> None:
    lines = template(kind).split("\n")
    for setting in settings_of(kind):
        at = [number for number, line in enumerate(lines) if line.lstrip(" -").startswith(f"{setting.name}:") and not line.lstrip().startswith("#")]
        assert at, setting.name
        assert lines[at[0] - 1].lstrip().startswith("# "), f"nothing is said above {setting.name}"
        assert setting.says.rstrip(".") in lines[at[0] - 1]


@EVERY
def test_a_template_left_as_it_is_asks_for_each_needed_setting(kind: ContentType, small_site: Path) -> None:
    files = new_entry(small_site, kind.name, "Something quite new", TODAY)
    write_files(small_site, files)
    catalogue, problems = load_catalogue(small_site, TODAY)
    told = [p for p in [*problems, *check_all(catalogue)] if p.file in files]
    blank = {p.field for p in told if p.field and p.says.endswith("is blank.")}
    headed = ("title", "area", "term", "says", "duty", "address", "from", "name", "text", "avoid", "looked_for", "report")
    filled = {
        "id",
        "owner",
        "written_on",
        "review_by",
        "columns",
        *(name for name in headed if f"{name}: Something quite new" in "".join(files.values()).replace("[", "")),
    }
    assert {setting.name for setting in settings_of(kind) if setting.needed} - filled == blank - filled
    assert errors(told), "a template left as it is could be published"
    assert not [p for p in told if "cannot be read" in p.says or "front matter" in p.says]


def test_what_waits_to_be_written_cannot_be_published(small_site: Path) -> None:
    page = small_site / "docs/topics/kites.md"
    page.write_text(page.read_text() + "\nTO WRITE: what the partnership did.\n")
    catalogue, _ = load_catalogue(small_site, TODAY)
    told = [p for p in check_all(catalogue) if "still to be written" in p.says]
    assert [(p.file, p.severity) for p in told] == [("docs/topics/kites.md", "error")]
    assert "what the partnership did" in told[0].says


# Ways in ---------------------------------------------------------------------------------------------------

TEMPLATES = {f"data/templates/{kind.name}.{'md' if kind.is_pages else 'yml'}": template(kind) for kind in KINDS}
WITH_TEMPLATES = replace(load_catalogue(SMALL, TODAY)[0], texts={**TEMPLATES, "data/templates/table.csv": TABLE_NUMBERS})
WAYS = ways_in(WITH_TEMPLATES, "https://www.example.org/owner/name")


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.kind.name)
def test_a_way_in_opens_the_right_folder_with_the_whole_template(way: object, small_site: Path) -> None:
    address = urlsplit(way.address)  # type: ignore[attr-defined]
    kind: ContentType = way.kind  # type: ignore[attr-defined]
    assert len(way.address) <= LONGEST_ADDRESS  # type: ignore[attr-defined]
    folder = address.path.removeprefix("/owner/name/new/main/")
    asked = parse_qs(address.query, keep_blank_values=True, strict_parsing=True)
    assert asked["value"] == [template(kind, TODAY)]
    # The file that GitHub would make is one that the catalogue reads, and takes for an entry of that kind.
    path = small_site / folder / asked["filename"][0]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(asked["value"][0])
    if kind is TABLE:
        path.with_suffix(".csv").write_text("year,number\n2022/23,1\n")
    _, problems = load_catalogue(small_site, TODAY)
    told = [p for p in problems if p.file == path.relative_to(small_site).as_posix()]
    assert told and all("is blank" in p.says or "given in pairs" in p.says for p in told), told


def test_the_ways_that_are_used_most_come_first() -> None:
    assert [way.kind.name for way in WAYS[: len(OFTEN)]] == list(OFTEN)
    assert {way.kind.name for way in WAYS} == {kind.name for kind in KINDS}
    assert [way.title for way in WAYS[:6]] == [
        "Add a review",
        "Add a 7-minute briefing",
        "Add news",
        "Add a training session",
        "Add a table",
        "Add a publication",
    ]


def test_an_address_that_github_would_not_take_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 8,000"):
        new_file("https://www.example.org/o/n", "docs", "x.md", "é" * 2_000)


# Each way in, walked with real files: filled in, a mistake made and fixed, the page seen ---------------------


@dataclass(frozen=True)
class Walk:
    """A template filled in: the file, what is written after each name, the page it is seen on and the words seen there."""

    file: str
    written: str
    page: str
    words: str
    names: tuple[str, ...] = ()  # names of children that the register must know first


FILLED = {
    "review": Walk(
        "docs/learning/reviews/child-r.md",
        """title: Child R
           description: A made-up review of how a kite was held in a storm.
           audience: [professionals]
           sources: [yearbook-2023]
           pseudonym: Child R
           kind: joint thematic review
           published: 2023-03
           age_band: teenager
           agencies: [Kite rescue]
           themes: [kites]""",
        "learning/reviews/child-r/index.html",
        "Joint thematic review",
        ("Child R",),
    ),
    "news": Walk(
        "docs/news/2023-03-kite-day.md",
        """title: Kite day
           description: A made-up day on which kites were flown by everybody.
           audience: [everyone]
           sources: [yearbook-2023]
           published: 2023-03-04
           themes: [kites]""",
        "topics/kites/index.html",
        "Kite day",
    ),
    "briefing": Walk(
        "docs/learning/briefings/child-s.md",
        """title: Child S in seven minutes
           description: A made-up briefing on how a kite was held in a storm.
           audience: [professionals]
           sources: [yearbook-2023]
           themes: [kites]""",
        "learning/briefings/child-s/index.html",
        "Child S in seven minutes",
        ("Child S",),
    ),
    "publication": Walk(
        "data/publications/leaflet.yml",
        """- id: kite-leaflet
           title: Leaflet on kites
           kind: guidance
           publisher: not stated in the source
           period: 2023
           published: date not given
           holds: How to hold a kite.
           source: yearbook-2023
           place: Page 1""",
        "publications/index.html",
        "Leaflet on kites",
    ),
    "session": Walk(
        "data/sessions/spring.yml",
        """- id: knots-for-all
           title: Knots for all
           event: kite-week-2022
           held: March 2023
           format: in person
           source: yearbook-2023
           place: Page 2""",
        "training/learning-week/index.html",
        "Knots for all",
    ),
    "table": Walk(
        "data/tables/lost-kites.yml",
        """title: Lost kites
           summary: How many kites were lost.
           subject: training
           period: 2022/23
           source: yearbook-2023
           place: Page 3""",
        "performance/lost-kites/index.html",
        "Lost kites",
    ),
}


def filled_in(kind: ContentType, written: str) -> str:
    """The template as a person fills it in: a value after each name, text for each TO WRITE."""
    values = {line.partition(":")[0].strip(): line.strip() for line in written.split("\n")}
    lines = []
    for line in template(kind, TODAY).split("\n"):
        bare = line.strip()
        if bare.startswith("announced_on:") and "source:" in written:  # of a document it is not the partnership's own word
            continue
        if bare.endswith(":") and bare[:-1] in values:
            line = line.replace(bare, values[bare[:-1]])
        lines.append(line.replace("TO WRITE", "Kites are held"))
    return "\n".join(lines)


def test_every_way_in_walked_to_its_end(tmp_path: Path) -> None:
    site = copy_small_site(tmp_path)
    for name, walk in FILLED.items():
        path = site / walk.file
        path.parent.mkdir(exist_ok=True)
        for name_of_child in walk.names:
            entry = new_files(site, KIND["pseudonym"], as_id(name_of_child), {"name": name_of_child, "source": "yearbook-2023", "place": "Page 1"}, TODAY)
            write_files(site, entry)
        whole = filled_in(KIND[name], walk.written)
        # A mistake is made …
        path.write_text(whole.replace("yearbook-2023", "yearbok-2023"))
        if KIND[name] is TABLE:
            path.with_suffix(".csv").write_text("year,number\n2022/23,7\n")
        catalogue, problems = load_catalogue(site, TODAY)
        told = errors([*problems, *check_all(catalogue)])
        assert [p.file for p in told] == [walk.file], name
        assert told[0].says == 'There is no source called "yearbok-2023". Did you mean "yearbook-2023"?'
        # … and fixed, and the page is seen.
        path.write_text(whole)
    built = build(site, SOURCE_DATE_EPOCH="1795132800")
    assert built.returncode == 0, built.stdout + built.stderr
    assert {name: walk.page for name, walk in FILLED.items() if walk.words not in (site / "site" / walk.page).read_text()} == {}


# New entries on one's own computer -------------------------------------------------------------------------


def test_a_new_review_stands_where_it_belongs(small_site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795132800")  # 20 November 2026
    assert door.main(["new", "review", "Child L’s story: 1", str(small_site)]) == 0
    assert "Wrote docs/learning/reviews/child-ls-story-1.md" in capsys.readouterr().out
    text = (small_site / "docs/learning/reviews/child-ls-story-1.md").read_text()
    assert 'title: "Child L’s story: 1"' in text and "written_on: 2026-11-20" in text and "review_by: 2027-11-20" in text
    assert door.main(["new", "reviews", "Child L's story 1", str(small_site)]) == 1
    assert "is there already" in capsys.readouterr().err


def test_a_new_list_entry_goes_to_the_end_of_its_list(small_site: Path) -> None:
    glossary = small_site / "data/glossary.yml"
    before = glossary.read_text()
    write_files(small_site, new_entry(small_site, "glossary-term", "MARAC", TODAY))
    assert glossary.read_text().startswith(before)
    entries = parse_yaml(glossary.read_text(), "data/glossary.yml", [])
    assert entries is not None and isinstance(entries.value, list)
    assert entries.value[-1] == {
        "id": "marac",
        "term": "MARAC",
        "meaning": None,
        **{s.name: None for s in settings_of(KIND["glossary-term"]) if not s.needed},
    }


def test_the_first_entry_of_an_empty_list(small_site: Path) -> None:
    (small_site / "data/link_exceptions.yml").write_text("# Left alone.\n[]\n")
    write_files(small_site, new_entry(small_site, "link-exception", "https://www.example.org/x", TODAY))
    text = (small_site / "data/link_exceptions.yml").read_text()
    entries = parse_yaml(text, "x", [])
    assert entries is not None and isinstance(entries.value, list) and len(entries.value) == 1
    assert entries.value[0]["address"] == "https://www.example.org/x"  # type: ignore[index,call-overload]
    assert text.startswith("# Left alone.\n")


def test_a_new_table_has_both_its_files(small_site: Path) -> None:
    assert list(new_entry(small_site, "table", "Lost kites", TODAY)) == ["data/tables/lost-kites.yml", "data/tables/lost-kites.csv"]


@pytest.mark.parametrize(
    ("kind", "title", "says"),
    [
        ("reveiw", "x", 'Did you mean "review"?'),
        ("review", "¿?", "letters or digits"),
        *((kind, title, "Windows keeps for itself") for kind in ("page", "table", "glossary-term") for title in ("Con", "NUL.", "aux ", "Prn", "COM1", "LPT9")),
    ],
)
def test_what_cannot_be_begun_is_said(kind: str, title: str, says: str, small_site: Path) -> None:
    with pytest.raises(Refused, match=says.replace("?", r"\?")):
        new_entry(small_site, kind, title, TODAY)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Café Booking", "cafe-booking"),
        ("Cafe\u0301", "cafe"),
        ("Zoë’s naïve Übung", "zoes-naive-ubung"),
        ("Łódź, Sørensen & Groß", "lodz-sorensen-gross"),
        ("ﬁne print", "fine-print"),
    ],
)
def test_a_letter_with_an_accent_stays_a_letter(title: str, name: str) -> None:
    assert as_id(title) == name


@pytest.mark.parametrize("title", ["../../etc/passwd", "a" * 300, "Ünïcode & <b>", "CON.md\n---", "…/…"])
def test_no_title_leads_out_of_the_folder(title: str) -> None:
    name = as_id(title)
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") and len(name) <= 60 and not name.startswith("-")


@pytest.mark.parametrize(
    "value",
    [
        "plain words",
        "with: colon",
        "- dash",
        "#5",
        "yes",
        "null",
        "a # b",
        "“curly”",
        'says "so"',
        "back\\slash",
        "{{ x }}",
        "[a, b]",
        "it's",
        "é",
        " blank ",
        "1.10",
        "@x",
    ],
)
def test_a_value_is_read_back_as_it_was_written(value: str) -> None:
    problems: list[object] = []
    read = parse_yaml(f"title: {yaml_text(value)}\nlist: {yaml_text([value, 'b'])}\n", "x.yml", problems)  # type: ignore[arg-type]
    assert read is not None and problems == []
    assert read.value == {"title": value, "list": [value, "b"]}


# Schemas ---------------------------------------------------------------------------------------------------


@EVERY
def test_what_the_check_takes_fits_its_schema(kind: ContentType) -> None:
    files = files_of(SMALL, kind)
    assert files, "the small site has none, so this would say nothing"
    assert faults(SMALL, kind) == []


@pytest.mark.parametrize(
    ("kind", "text", "complaint"),
    [
        ("session", "- id: Kite Day\n", "does not match"),
        ("session", "- id: a\n  tittle: x\n", "tittle"),
        ("session", "- id: a\n  date: 01/12/2026\n", "not valid"),
        ("contact", "- id: a\n  kind: fax\n", "fax"),
        ("contact", "- id: a\n  urgent: maybe\n", "not valid"),
        ("table", "title: A\ncolumns:\n  - name: a\n    title: A\n    type: wholenumber\n", "wholenumber"),
    ],
)
def test_a_mistake_does_not_fit_its_schema(kind: str, text: str, complaint: str) -> None:
    found = [error.message for error in validator(KIND[kind]).iter_errors(as_an_editor_reads(text))]
    assert any(complaint in message for message in found), found


def test_editors_find_the_schema_of_every_data_file() -> None:
    attached = json.loads((ROOT / ".vscode/settings.json").read_text())["yaml.schemas"]
    places = {place for schema, patterns in attached.items() for place in patterns if (ROOT / schema).is_file()}
    for kind in KINDS:
        if kind.home.endswith(".yml"):
            assert kind.home in places, kind.name
    assert "data/tables/*.yml" in places


def test_the_projects_own_address_is_read_from_its_settings() -> None:
    settings = read_settings(ROOT)
    assert settings.repository.startswith("https://github.com/")
    assert settings.address.startswith("https://") and settings.address.endswith("/")


def test_entries_may_stand_in_files_of_their_own(tmp_path: Path) -> None:
    site = fresh_site(tmp_path)
    (site / "data/glossary").mkdir()
    (site / "data/glossary/more.yml").write_text(
        "- id: gust\n  term: gust\n  meaning: A sudden wind.\n- id: knot-two\n  term: knot two\n  meaning: Another knot.\n"
    )
    (site / "data/glossary/odd.txt").write_text("x")
    catalogue, problems = load_catalogue(site, TODAY)
    assert [p.line for p in problems if p.file == "data/glossary/more.yml" and 'The id "gust" is taken' in p.says] == [1]
    assert catalogue.get("glossary-term", "knot-two").meaning == "Another knot."
    assert any(p.file == "data/glossary/odd.txt" and "Only .yml files" in p.says for p in problems)
