"""Issue forms: as GitHub asks for them, and read back safely whatever they hold."""

from __future__ import annotations

import json
import re
import shutil
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import validators
from ruamel.yaml import YAML
from tell import LABELS, PROPOSED_PATH

from macros import __main__ as door
from macros.content.catalogue import Catalogue
from macros.content.reading import load_catalogue
from macros.editing import Refused
from macros.editing.forms import FORMS, HELP, PROPOSED, TEAM, _questions, answers_in, chooser, forms, label_of, old_lists, proposal
from macros.editing.kinds import settings_of
from macros.editing.new import write_files
from macros.models import BY_NAME
from macros.problems import errors
from macros.rules import check_all
from macros.sources.pages import parse_page
from macros.sources.yaml_files import parse_yaml
from tests.mistakes_corpus import TODAY
from tests.whole_sites import ROOT, build, copy_small_site

WRITTEN = ROOT / FORMS
SITE = "https://www.example.org"


def published_schema(name: str) -> dict[str, object]:
    """GitHub's own description of a file, as check-jsonschema carries it."""
    text = resources.files("check_jsonschema").joinpath(f"builtin_schemas/vendor/{name}.json").read_text()
    found: dict[str, object] = json.loads(text)
    return found


def faults(file: Path, schema: str) -> list[str]:
    described = published_schema(schema)
    validator = validators.validator_for(described)(described)
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in validator.iter_errors(YAML(typ="safe", pure=True).load(file.read_text()))]


@pytest.mark.parametrize("file", sorted(WRITTEN.glob("*.yml")), ids=lambda file: file.name)
def test_every_form_is_one_that_github_takes(file: Path) -> None:
    assert faults(file, "github-issue-config" if file.name == "config.yml" else "github-issue-forms") == []


def test_the_schema_does_refuse_a_wrong_form(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    wrong.write_text((WRITTEN / "news.yml").read_text().replace("type: dropdown", "type: dropdwon"))
    assert faults(wrong, "github-issue-forms")


def made(small_catalogue: Catalogue) -> dict[str, Any]:
    """The forms that the small site would have."""
    return forms(small_catalogue.names, SITE)


def test_a_form_begins_with_where_to_turn_and_its_questions_are_told_apart(small_catalogue: Catalogue) -> None:
    for form in made(small_catalogue).values():
        top, *questions = form["body"]
        says = top["attributes"]["value"]
        assert says.startswith("**Are you worried about a child? Do not write it here") and "ring 999" in says and f"({SITE}/{HELP}/)" in says
        for key in (lambda part: part["id"], lambda part: part["attributes"]["label"]):
            assert len({key(part) for part in questions}) == len(questions)
        assert set(form["labels"]) <= set(LABELS), "GitHub sets only labels that are there, and Upkeep makes these"


def test_where_to_turn_about_a_child_comes_before_every_form() -> None:
    first, *_ = chooser(SITE)["contact_links"]
    assert first["name"] == "Worried about a child?" and first["url"] == f"{SITE}/{HELP}/" and "999" in first["about"]
    assert chooser(SITE)["blank_issues_enabled"] is False


@pytest.mark.parametrize("name", PROPOSED)
def test_a_form_asks_for_everything_that_is_needed(name: str, small_catalogue: Catalogue) -> None:
    needed = {part["id"] for part in made(small_catalogue)[f"{name}.yml"]["body"] if part.get("validations", {}).get("required")}
    machine = {"id", "owner", "written-on", "review-by"}
    assert {setting.name.replace("_", "-") for setting in settings_of(BY_NAME[name]) if setting.needed} - machine <= needed


# Lists made from the data ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "question", "kind", "several"),
    [
        ("session", "source", "source", None),
        ("session", "event", "event", None),
        ("session", "themes", "theme", True),
        ("news", "sources", "source", True),
        ("news", "themes", "theme", True),
    ],
)
def test_what_is_named_by_its_id_is_chosen_from_a_list(name: str, question: str, kind: str, several: bool | None, small_catalogue: Catalogue) -> None:
    [asked] = [part for part in made(small_catalogue)[f"{name}.yml"]["body"] if part.get("id") == question]
    assert asked["type"] == "dropdown" and asked["attributes"].get("multiple") == several
    assert tuple(asked["attributes"]["options"]) == small_catalogue.names(kind) != ()
    nothing_there = forms(lambda _: (), SITE)[f"{name}.yml"]["body"]
    assert [part["type"] for part in nothing_there if part.get("id") == question] == ["input"], "GitHub refuses an empty list"


def test_a_list_that_is_no_longer_that_of_the_data_is_told_and_made_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = copy_small_site(tmp_path)
    assert door.main(["schemas", str(site)]) == 0
    shutil.rmtree(site / "docs/contribute")  # the guide that comes with it speaks of the real site's data

    def told() -> list[str]:
        capsys.readouterr()
        assert door.main(["check", "--format", "json", str(site)]) == 0, "a list in a form stops nothing"
        return [problem["file"] for problem in json.loads(capsys.readouterr().out) if FORMS in problem["file"]]

    assert told() == []
    sources, events = site / "data/sources.yml", site / "data/events.yml"
    events.write_text(events.read_text() + "- id: kite-week-2024\n" + events.read_text().split("\n", 1)[1].split("\n- id:")[0])
    assert told() == [f"{FORMS}/session.yml"]
    as_it_was = tmp_path / "as it was"
    shutil.copytree(site, as_it_was / "tests/small_site")
    sources.write_text(sources.read_text().replace("made-up-guidance", "guidance-made-up"))
    for page in (*site.rglob("*.md"), *(site / "data").rglob("*.yml")):
        page.write_text(page.read_text().replace("made-up-guidance", "guidance-made-up"))
    assert told() == [f"{FORMS}/event.yml", f"{FORMS}/news.yml", f"{FORMS}/session.yml"]
    capsys.readouterr()
    assert door.main(["check", "--format", "github", "--since", str(as_it_was / "tests/small_site"), str(site)]) == 0
    assert re.findall(rf"file={FORMS}/(\w+)", capsys.readouterr().out) == ["event", "news"], "only what is new is marked on a change"
    assert door.main(["schemas", str(site)]) == 0
    assert f"{FORMS}/news.yml\n{FORMS}/session.yml" in capsys.readouterr().out
    shutil.rmtree(site / "docs/contribute")
    assert told() == []


def test_where_there_are_no_forms_no_list_is_missed(small_catalogue: Catalogue) -> None:
    assert list(old_lists(small_catalogue)) == []


# An answered form ------------------------------------------------------------------------------------------

NEWS = """### Title

A kite "day": what came of it

### Description

A made-up day on which kites were flown,
and what was learned: a lot.

### Audience

professionals, everyone

### Published

2023-03

### Themes

_No response_

### Sources

yearbook-2023

### The text

On a windy day everybody flew a kite.

### What was learned

Hold on.
"""
SESSION = """### Title

Knots & strings: 1

### Format

in person

### Held

March 2023

### Event

kite-week-2022

### Theme day

_No response_

### Themes

kites, puddles

### Source

yearbook-2023

### Place

Page 4
"""


def test_a_form_becomes_news_on_the_site(tmp_path: Path) -> None:
    site = copy_small_site(tmp_path)
    path, text, _ = proposal(NEWS.replace("\n", "\r\n"), [label_of(BY_NAME["news"])], 12, TODAY)
    assert path == "docs/news/2023-03-a-kite-day-what-came-of-it.md"
    assert PROPOSED_PATH.fullmatch(path)
    write_files(site, {path: text})
    catalogue, problems = load_catalogue(site, TODAY)
    assert errors([*problems, *check_all(catalogue)]) == []
    meta = catalogue.pages["news/2023-03-a-kite-day-what-came-of-it.md"].meta
    assert (meta.title, meta.audience, meta.themes, meta.written_on) == ('A kite "day": what came of it', ("professionals", "everyone"), (), TODAY)
    assert meta.description == "A made-up day on which kites were flown, and what was learned: a lot."
    built = build(site, SOURCE_DATE_EPOCH="1795132800")
    assert built.returncode == 0, built.stdout
    page = (site / "site/news/2023-03-a-kite-day-what-came-of-it/index.html").read_text()
    assert "everybody flew a kite" in page and re.search(r"<h3[^>]*>What was learned", page) and "Hold on." in page


def test_a_form_becomes_a_session_of_its_event(small_site: Path) -> None:
    path, text, _ = proposal(SESSION, [label_of(BY_NAME["session"]), "other"], 7, TODAY)
    assert path == "data/sessions/form-7.yml"
    assert PROPOSED_PATH.fullmatch(path)
    write_files(small_site, {path: text})
    catalogue, problems = load_catalogue(small_site, TODAY)
    assert errors([*problems, *check_all(catalogue)]) == []
    session = catalogue.get("session", "knots-strings-1")
    assert (session.title, session.event, session.themes, session.theme_day) == ("Knots & strings: 1", "kite-week-2022", ("kites", "puddles"), None)


def test_a_heading_in_an_answer_is_part_of_the_answer() -> None:
    answers = answers_in(NEWS.replace("Hold on.", "### Title\n\nAnother title\n\n### Sources\n\nnone"), _questions(BY_NAME["news"]))
    assert answers["title"] == 'A kite "day": what came of it'
    assert answers["sources"] == ["yearbook-2023"]
    assert "### Title\n\nAnother title" in str(answers["The text"])


@pytest.mark.parametrize(
    ("body", "labels", "says"),
    [
        (NEWS, ["out of date"], "one of the forms"),
        (NEWS, [], "one of the forms"),
        ("", ["proposal: news"], "title"),
        ("### Title\n\n¿¡…!?\n", ["proposal: news"], "letters or digits"),
        ("Just a note.", ["proposal: session"], "title"),
    ],
)
def test_what_is_no_form_is_said(body: str, labels: list[str], says: str) -> None:
    with pytest.raises(Refused, match=says):
        proposal(body, labels, 1, TODAY)


ANSWER = st.text(
    alphabet=st.characters(codec="utf-8", exclude_characters="\0") | st.sampled_from(list("`{}[]#:-\"'\\|<>&\u202e\u200b\u2028\x85\t")), max_size=120
)


@given(st.fixed_dictionaries({"Title": ANSWER, "Description": ANSWER, "Audience": ANSWER, "Sources": ANSWER, "Published": ANSWER, "The text": ANSWER}))
@example(
    {
        "Title": "x\n---\nowner: me",
        "Description": "a\nowner: me",
        "Audience": "]\nowner: me",
        "Sources": '"',
        "Published": "2023-02/../../x",
        "The text": "---\nowner: me\n---",
    }
)
@example({"Title": "../../.github/workflows/x", "Description": "{{ x }}", "Audience": "", "Sources": "", "Published": "9999-99", "The text": "<script>"})
def test_whatever_a_form_holds_it_is_only_text_in_its_place(answers: dict[str, str]) -> None:
    body = "\n\n".join(f"### {label}\n\n{answer}" for label, answer in answers.items())
    try:
        path, text, _ = proposal(body, ["proposal: news"], 3, TODAY)
    except Refused:
        return
    assert re.fullmatch(r"docs/news/[a-z0-9-]+\.md", path) and PROPOSED_PATH.fullmatch(path)
    problems: list[object] = []
    page = parse_page(text, "docs/news/x.md", problems)  # type: ignore[arg-type]
    assert page is not None and problems == [], (problems, text)
    settings = page.front.value
    assert isinstance(settings, dict)
    assert settings["owner"] == "business-team" and settings["written_on"] == "2026-11-20"
    assert set(settings) == {setting.name for setting in settings_of(BY_NAME["news"])}
    assert isinstance(settings["title"], str)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x00-\x08\x85\u2028]", text)


@given(ANSWER, st.integers(1, 10**6))
def test_whatever_a_session_holds_it_is_one_entry(answer: str, number: int) -> None:
    body = SESSION.replace("March 2023", answer).replace("Page 4", answer).replace("kites, puddles", answer)
    path, text, _ = proposal(body, ["proposal: session"], number, TODAY)
    assert path == f"data/sessions/form-{number}.yml"
    read = parse_yaml(text, "x", [])
    assert read is not None and isinstance(read.value, list) and len(read.value) == 1
    assert isinstance(read.value[0], dict) and read.value[0]["id"] == "knots-strings-1"


# What is done about an issue -------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The small site, whose settings can be read."""
    return copy_small_site(tmp_path / "project")


def said(site: Path, capsys: pytest.CaptureFixture[str], body: str | None, *labels: str, title: str = "A form", who: str = "MEMBER") -> dict[str, Any]:
    """What the command prints about an issue."""
    event = site.parent / "event.json"
    issue = {"number": 7, "title": title, "body": body, "labels": [{"name": label} for label in labels], "author_association": who}
    event.write_text(json.dumps({"issue": issue}))
    capsys.readouterr()
    assert door.main(["from-form", str(event), str(site)]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    found: dict[str, Any] = json.loads(printed.out)
    return found


def test_a_members_form_that_holds_is_written(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = said(site, capsys, SESSION, "proposal: session")
    [(path, text)] = found["files"].items()
    assert (found["kind"], path) == ("proposal", "data/sessions/form-7.yml")
    assert text == (site / path).read_text() and found["title"] == "Knots & strings: 1"
    assert "There is a file data/sessions/form-7.yml already" in said(site, capsys, SESSION, "proposal: session")["answer"]


def test_a_form_is_checked_before_anything_is_proposed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = said(site, capsys, SESSION.replace("### Source", "### Minutes\n\nabout an hour\n\n### Source"), "proposal: session")
    assert found["kind"] == "refused" and "- **Minutes**: " in found["answer"]
    (site / "data/sessions/form-7.yml").unlink()
    wrong = SESSION.replace("kite-week-2022", "kite-week-2032").replace("kites, puddles", "kites, ponds")
    found = said(site, capsys, wrong, "proposal: session")
    assert set(found) == {"kind", "answer"} and found["kind"] == "refused"
    assert '- **Event**: There is no event called "kite-week-2032". Did you mean "kite-week-2022"? To fix: ' in found["answer"]
    assert "- **Themes**: " in found["answer"] and "the form is read again" in found["answer"] and "data/sessions" not in found["answer"]
    (site / "data/sessions/form-7.yml").unlink()
    wrong = NEWS.replace("everybody flew a kite.", "everybody flew a [kite](/nowhere.md). @everyone")
    found = said(site, capsys, wrong, "proposal: news")
    assert "- **The text**: The link " in found["answer"] and "@everyone" not in found["answer"]


@pytest.mark.parametrize(("body", "says"), [(None, "title"), ("### Title\n\n¿¡…!?\n", "letters or digits")])
def test_a_form_without_a_title_is_answered(body: str | None, says: str, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = said(site, capsys, body, "proposal: session")
    assert found["kind"] == "refused" and says in found["answer"]


@pytest.mark.parametrize("who", ["NONE", "CONTRIBUTOR", "FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR", "MANNEQUIN", ""])
def test_a_strangers_form_is_answered_and_not_read(who: str, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(site.rglob("*"))
    for labels in (["proposal: news"], ["out of date"], []):
        found = said(site, capsys, NEWS, *labels, who=who)
        assert found["kind"] == "stranger" and set(found) == {"kind", "answer"} and f"/{HELP}/" in found["answer"] and "999" in found["answer"]
    assert sorted(site.rglob("*")) == before and who not in TEAM


def test_what_a_member_writes_without_a_proposal_is_left_alone(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for labels in (["out of date"], []):
        assert said(site, capsys, "### Which page?\n\n/topics/kites/", *labels) == {"kind": "nothing"}


# Everything is made up; the numbers with a check digit are those of the NHS's own example.
PRIVATE = {
    "an NHS number": "Her number is 943 476 5919.",
    "a date of birth": "She was born on 3 May 2019.",
    "a postcode": "They live at 12 Made Up Lane, CW1 2ZZ.",
    "a telephone number": "Ring her mother on 01632 960123.",
    "a person's address": "Write to kim.kite@example.org.",
    "an exact age": "The baby is 11 weeks old.",
    "a name that no review uses": "It is about Child Z.",
    "digits with nothing between them that can be seen": "Her number is 943\u200b476\u200b5919.",
}


ANSWERED: dict[str, dict[str, Any]] = {}  # what was told to the first of them, whatever it was


@pytest.mark.parametrize("who", ["MEMBER", "NONE"])
@pytest.mark.parametrize("place", ["the text", "another answer", "the title", "after Windows' line ends", "a comment in the Markdown"])
@pytest.mark.parametrize("found", PRIVATE)
def test_private_text_goes_no_further(found: str, place: str, who: str, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, title, body = PRIVATE[found], "A kite day", NEWS
    if place == "the title":
        title = text
    elif place == "another answer":
        body = body.replace("and what was learned: a lot.", text)
    elif place == "a comment in the Markdown":
        body += f"\n<!-- {text} -->\n"
    else:
        body = body.replace("Hold on.", text)
    body = body.replace("\n", "\r\n") if "Windows" in place else body
    before = sorted(site.rglob("*"))
    told = said(site, capsys, body, "proposal: news", title=title, who=who)
    assert told["kind"] == "private" and set(told) == {"kind", "answer"}
    assert told == ANSWERED.setdefault("first", told), "the answer depends on what was written"
    assert "Delete this whole issue" in told["answer"] and f"/{HELP}/" in told["answer"] and "999" in told["answer"]
    assert sorted(site.rglob("*")) == before, "something of it was written"


def test_lines_that_are_private_once_they_are_put_together_go_no_further(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(site.rglob("*"))
    for lines in ("She was born on\n3 May 2019.", "She was born\n\non 3 May\n2019.", "Her date of\nbirth is 3.5.19."):
        assert said(site, capsys, NEWS.replace("and what was learned: a lot.", lines), "proposal: news")["kind"] == "private", lines
    assert sorted(site.rglob("*")) == before


def test_where_the_lists_cannot_be_read_nothing_is_taken_for_known(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "data/contacts.yml").write_text("- idd: advice\n")
    event = site.parent / "event.json"
    event.write_text(json.dumps({"issue": {"number": 7, "title": "x", "body": PRIVATE["a telephone number"], "labels": [], "author_association": "NONE"}}))
    assert door.main(["from-form", str(event), str(site)]) == 1
    printed = capsys.readouterr()
    assert printed.out == "" and "960123" not in printed.err
