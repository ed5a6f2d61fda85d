"""A page is taken down: every trace goes or is named, the neutral page alone is left, and nothing brings it back in silence."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from macros import __main__ as door
from macros.check import check
from macros.editing.withdraw import OUTSIDE
from macros.problems import errors
from tests.mistakes_corpus import TODAY
from tests.whole_sites import EPOCH, SMALL, build, copy_small_site

SETTINGS = """audience: [professionals]
themes: [puddles]
owner: business-team
written_on: 2026-11-20
review_by: 2027-11-20
sources: [yearbook-2023]
"""
REVIEW = """pseudonym: Child Z
kind: joint thematic review
published: 2023-03
age_band: withheld
agencies: [Office of Kites]
briefing: splash
"""
DESCRIPTION = "A made-up page about a splash that nobody was to hear of again."
SOURCED = "  source: yearbook-2023\n  place: Splashes\n"
SPLASH = "/learning/reviews/splash/"
# The file's name does not give the child's, so what names the page by its address alone is found too.
PAGES = {
    "learning/reviews/splash": (
        "Review of a splash",
        REVIEW,
        "## What happened\n\nChild Z fell in.\n\n![A drop](/learning/reviews/drop.png)\n\n![A hill](/hill.png)\n",
    ),
    "learning/briefings/splash": ("Splash in seven minutes", "review: splash\n", "{body}\n\nSee [it](/learning/reviews/splash.md).\n"),
    "news/2023-03-child-z": ("The review of Child Z is out", "published: 2023-03\n", "It [is out](/learning/reviews/splash.md).\n"),
}
RECORDS = {
    "pseudonyms": f"- id: child-z\n  name: Child Z\n  review: splash\n{SOURCED}",
    "timeline": f"# How it went on\n- id: splash-heard\n  when: March 2023\n  starts: 2023-03\n  title: Child Z is heard of\n{SOURCED}",
    "actions": "- id: dry-the-ground\n  title: Dry the ground\n  plan: child-z-plan\n  owner: Office of Kites\n  due: May 2023\n  history:\n    - status: done\n      source: yearbook-2023\n      place: Kites\n",
    "redirects": "- id: old-splash\n  from: /kites/splash.aspx\n  to: /learning/reviews/splash/\n  why: It moved.\n",
}
ROW = "Child Z,Fell in\n"
WORDS_BY_HAND = (
    "A wet child, Child\nZ by name, fell in.",
    "The [review](/learning/reviews/splash.md) says so.",
    "See [it](../learning/briefings/../reviews/splash.md) there.",
)
LOST_ALONE = '- [The review](/learning/reviews/splash.md)\n- [Kites](/topics/kites.md)\n\n{{ actions("child-z-plan") }}\n'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The small site with one more review, and all that comes with it."""
    root = copy_small_site(tmp_path)
    shutil.copy(root / "docs/hill.png", root / "docs/learning/reviews/drop.png")
    sections = (
        (root / "docs/learning/briefings/child-q.md")
        .read_text()
        .partition("---\n")[2]
        .partition("---\n")[2]
        .replace("/reviews/child-q.md", "/reviews/splash.md")
    )
    for path, (title, settings, body) in PAGES.items():
        text = f"---\ntitle: {title}\ndescription: {DESCRIPTION}\n{SETTINGS}{settings}---\n{body.replace('{body}', sections)}"
        (root / f"docs/{path}.md").write_text(text)
    for name, entry in RECORDS.items():
        add(root / f"data/{name}.yml", entry)
    add(root / "data/tables/kite-rules.csv", ROW)
    add(root / "docs/topics/puddles.md", f"\n{LOST_ALONE}")
    assert errors(check(root, TODAY)[1]) == []
    return root


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text() + text)


Tell = Callable[..., tuple[int, str]]


@pytest.fixture
def tell(site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Tell:
    """The command on the site: its status and what it said."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)

    def run(page: str, *options: str) -> tuple[int, str]:
        status = door.main(["withdraw", page, str(site), *options])
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


def everything(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for part in ("docs", "data") for path in (root / part).rglob("*") if path.is_file()}


def part(said: str, heading: str) -> list[str]:
    """The lines below a heading of what the command says."""
    found = re.search(rf"^{heading}[^\n]*:\n((?:  [^\n]*\n)+)", said, re.MULTILINE)
    assert found, said
    return [line.strip() for line in found[1].splitlines()]


def test_nothing_is_changed_without_being_asked(site: Path, tell: Tell) -> None:
    before = everything(site)
    status, said = tell(SPLASH)
    assert everything(site) == before
    assert status == 0
    assert said.endswith("Nothing would be left in these files: do it with --write.\n")
    assert len(part(said, "Would be removed")) == 3 + len(RECORDS) + 2 + 2
    assert [line.partition(" ")[2] for line in part(said, "Outside")] == list(OUTSIDE)
    assert "data/tables/puddles-by-year.yml" in part(said, "To be read too")


def test_afterwards_the_check_passes_and_the_built_site_holds_the_neutral_page_alone(site: Path, tell: Tell) -> None:
    status, said = tell("docs/learning/reviews/splash.md", "--write", "--decided-by", "business team")
    assert status == 0, said
    assert part(said, "To be rewritten") == ["nothing"]
    assert (site / "docs/hill.png").is_file(), "another page shows it"
    assert not (site / "docs/learning/reviews/drop.png").exists()
    assert (site / "docs/topics/puddles.md").read_text().endswith("\n- [Kites](/topics/kites.md)\n\n")
    done = build(site, SOURCE_DATE_EPOCH=EPOCH)
    assert done.returncode == 0, done.stdout + done.stderr
    built = site / "site"
    gone = [SPLASH, "/learning/briefings/splash/", "/news/2023-03-child-z/", "/kites/splash.aspx"]
    neutral = {built / address.strip("/") / "index.html" for address in gone}
    trace = re.compile(rb"child[\W_]{0,9}z\b|splash|dry the ground|fell in", re.IGNORECASE)
    files = [path for path in built.rglob("*") if path.is_file()]
    assert [path for path in files if trace.search(path.read_bytes()) and path.name != "files.sha256"] == []
    named = [line.split("  ")[1] for line in (built / "files.sha256").read_text().splitlines() if trace.search(line.encode())]
    assert {built / name for name in named} <= neutral
    assert {path for path in files if trace.search(path.relative_to(built).as_posix().encode()) or "child-z" in path.as_posix()} == neutral
    for page in neutral:
        text = page.read_text()
        assert "<h1>This page has been withdrawn</h1>" in text
        assert '<meta name="robots" content="noindex">' in text
        assert (page.parent / re.findall(r'<a href="([./]+worried-about-a-child/)">', text)[0] / "index.html").is_file()
    listed = (site / "data/withdrawn.yml").read_text()
    assert re.findall(r"id: (\S+)", listed) == ["w-2026-01", *(f"w-2026-{number:02}" for number in range(2, 6))]
    assert sorted(re.findall(r"address: (\S+)", listed)[1:]) == sorted(gone)
    assert listed.count("  withdrawn_on: 2026-11-20\n  decided_by: business team\n") == 4


def test_what_a_person_must_rewrite_is_named_until_none_is_left(site: Path, tell: Tell) -> None:
    page = site / "docs/topics/puddles.md"
    before = page.read_text()
    for words in WORDS_BY_HAND:
        add(page, f"\n{words}\n")
    status, said = tell(SPLASH, "--write")
    assert status == 1
    assert [line.partition(": ")[2] for line in part(said, "To be rewritten")] == ["A wet child, Child", *WORDS_BY_HAND[1:]]
    assert "What the check says now" in said
    again = shlex.split(said.rpartition("try again: python -m macros withdraw ")[2])
    assert again == [SPLASH, "--also=Review of a splash", "--also=Child Z"]
    status, said = tell(*again)
    assert status == 1, "the page is gone, and it is still looked for"
    assert len(part(said, "To be rewritten")) == len(WORDS_BY_HAND)
    page.write_text(before.replace(LOST_ALONE, "They are deep.\n"))
    status, said = tell(*again)
    assert (status, part(said, "Would be removed"), part(said, "To be rewritten")) == (0, ["nothing"], ["nothing"])


def test_a_list_that_loses_its_last_entry_can_still_be_read(site: Path, tell: Tell) -> None:
    (site / "data/redirects.yml").write_text(RECORDS["redirects"].rstrip("\n"))
    assert tell(SPLASH, "--write")[0] == 0
    assert (site / "data/redirects.yml").read_text() == "[]\n"


def test_the_last_entry_goes_where_the_file_does_not_end_its_last_line(site: Path, tell: Tell) -> None:
    path = site / "data/redirects.yml"
    path.write_text(path.read_text().rstrip("\n"))
    assert tell(SPLASH, "--write")[0] == 0
    assert path.read_text() + "\n" == (SMALL / "data/redirects.yml").read_text()


def test_what_names_a_page_by_its_id_goes_with_it(site: Path, tell: Tell) -> None:
    assert "data/measures.yml" in {line.partition(",")[0] for line in part(tell("priorities/kites")[1], "Would be removed")}


def test_a_list_in_brackets_loses_what_is_nothing_but_a_trace(site: Path, tell: Tell) -> None:
    term = "- id: wet\n  term: Wet\n  meaning: Not dry.\n  also: [damp, Child Z]\n"
    add(site / "data/glossary.yml", term)
    assert tell(SPLASH, "--write")[0] == 0
    assert (site / "data/glossary.yml").read_text().endswith("  also: [damp]\n")


@pytest.mark.parametrize(
    "asked", ["https://www.example.org/learning/reviews/splash/", "learning/reviews/splash", "/learning/reviews/splash.md", "docs/learning/reviews/splash.md"]
)
def test_a_page_is_named_by_its_address_or_path_before_and_after(site: Path, tell: Tell, asked: str) -> None:
    assert SPLASH in part(tell(asked)[1], "A neutral page")
    assert tell(asked, "--write")[0] == 0
    assert part(tell(asked)[1], "Would be removed") == ["nothing"]


def test_a_page_that_is_no_review_goes_alone(site: Path, tell: Tell) -> None:
    status, said = tell("training/booking", "--write")
    assert (status, part(said, "Removed"), part(said, "A neutral page")) == (0, ["docs/training/booking.md: the page"], ["/training/booking/"])


def test_news_of_another_review_and_its_briefing_stay(site: Path, tell: Tell) -> None:
    news = site / "docs/news/2023-02-kite-found.md"
    news.write_text(news.read_text().replace("It was", "Not about Child Z: it was"))
    briefing = site / "docs/learning/briefings/child-q.md"
    briefing.write_text(briefing.read_text().replace("title: Child Q in", "title: Child Q, and not Child Z, in"))
    status, said = tell(SPLASH)
    assert status == 1
    assert [line.partition(",")[0] for line in part(said, "To be rewritten")] == ["docs/learning/briefings/child-q.md", "docs/news/2023-02-kite-found.md"]


def test_a_briefing_goes_without_its_review(site: Path, tell: Tell) -> None:
    assert tell("/learning/briefings/splash/", "--write")[0] == 0
    review = (site / "docs/learning/reviews/splash.md").read_text()
    assert "pseudonym: Child Z" in review
    assert "briefing:" not in review


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("/learning/reviews/splish/", 'No page of docs/ is at "/learning/reviews/splish/", and none was withdrawn from there. Did you mean "/learning/reviews/splash/"?'),
        ("/", "The home page cannot be taken down: name another page."),
        ("docs/index.md", "The home page cannot be taken down: name another page."),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_down_is_refused_in_a_sentence(site: Path, tell: Tell, asked: str, says: str) -> None:
    before = everything(site)
    status, said = tell(asked, "--write")
    assert (status, everything(site)) == (1, before)
    assert said.startswith(says)


def test_a_site_that_cannot_be_read_is_not_touched(site: Path, tell: Tell) -> None:
    (site / "data/timeline.yml").write_text("- id: [")
    before = everything(site)
    status, said = tell(SPLASH, "--write")
    assert (status, everything(site)) == (1, before)
    assert "What cannot be read cannot be searched" in said


def test_what_was_withdrawn_needs_no_redirect_and_does_not_come_back_in_silence(site: Path, tell: Tell) -> None:
    page = site / "docs/learning/briefings/splash.md"
    text = page.read_text()
    listed = [*(f"/{path}/" for path in PAGES), "/kites/splash.aspx"]
    (site / "data/published_addresses.txt").write_text("".join(f"{address}\n" for address in sorted(listed)))
    assert tell(SPLASH, "--write")[0] == 0
    page.write_text(
        text.replace("review: splash\n", "").replace("[the review](/learning/reviews/splash.md)", "it").replace("[it](/learning/reviews/splash.md)", "it")
    )
    told = errors(check(site, TODAY)[1])
    assert [(problem.file, problem.field) for problem in told] == [("data/withdrawn.yml", "address")]
    assert told[0].says == "A page or redirect is at this address again, though it was withdrawn."


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("w-2026-01", "child-z", "must be the letter w"),
        ("decided_by: safeguarding partners", "decided_by: because of Child Z", "decided_by"),
        ("  withdrawn_on", "  why: It named somebody.\n  withdrawn_on", "why"),
    ],
)
def test_the_list_has_no_room_for_a_name_or_a_reason(site: Path, old: str, new: str, says: str) -> None:
    path = site / "data/withdrawn.yml"
    path.write_text(path.read_text().replace(old, new))
    told = errors(check(site, TODAY)[1])
    assert [problem.file for problem in told] == ["data/withdrawn.yml"]
    assert says in f"{told[0].says} {told[0].field}"
