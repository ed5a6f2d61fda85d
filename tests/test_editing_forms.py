"""Issue forms: as GitHub asks for them, and read back safely whatever they hold."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import validators
from ruamel.yaml import YAML

from macros import __main__ as door
from macros.content.reading import load_catalogue
from macros.editing.forms import PROPOSED, CannotRead, answers_in, forms, label_of, proposal
from macros.editing.github import LABELS, PROPOSED_PATH
from macros.editing.kinds import settings_of
from macros.editing.new import write
from macros.models import BY_NAME
from macros.problems import errors
from macros.rules import check_all
from macros.sources.pages import parse_page
from macros.sources.yaml_files import parse_yaml
from tests.mistakes_corpus import TODAY
from tests.whole_sites import ROOT, build, copy_small_site

FORMS = ROOT / ".github/ISSUE_TEMPLATE"


def published_schema(name: str) -> dict[str, object]:
    """GitHub's own description of a file, as check-jsonschema carries it."""
    text = resources.files("check_jsonschema").joinpath(f"builtin_schemas/vendor/{name}.json").read_text()
    found: dict[str, object] = json.loads(text)
    return found


def faults(file: Path, schema: str) -> list[str]:
    described = published_schema(schema)
    validator = validators.validator_for(described)(described)
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in validator.iter_errors(YAML(typ="safe", pure=True).load(file.read_text()))]


@pytest.mark.parametrize("file", sorted(FORMS.glob("*.yml")), ids=lambda file: file.name)
def test_every_form_is_one_that_github_takes(file: Path) -> None:
    assert faults(file, "github-issue-config" if file.name == "config.yml" else "github-issue-forms") == []


def test_the_schema_does_refuse_a_wrong_form(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    wrong.write_text((FORMS / "news.yml").read_text().replace("type: dropdown", "type: dropdwon"))
    assert faults(wrong, "github-issue-forms")


@pytest.mark.parametrize("name", sorted(forms()))
def test_a_form_warns_and_its_questions_are_told_apart(name: str) -> None:
    form = forms()[name]
    assert "ring 999" in form["body"][0]["attributes"]["value"]
    questions = [part for part in form["body"] if part["type"] != "markdown"]
    for key in (lambda part: part["id"], lambda part: part["attributes"]["label"]):
        assert len({key(part) for part in questions}) == len(questions)
    assert set(form["labels"]) <= set(LABELS), "GitHub sets only labels that are there, and Upkeep makes these"


@pytest.mark.parametrize("name", PROPOSED)
def test_a_form_asks_for_everything_that_is_needed(name: str) -> None:
    needed = {part["id"] for part in forms()[f"{name}.yml"]["body"] if part.get("validations", {}).get("required")}
    machine = {"id", "owner", "written-on", "review-by"}
    assert {setting.name.replace("_", "-") for setting in settings_of(BY_NAME[name]) if setting.needed} - machine <= needed


# An answered form ------------------------------------------------------------------------------------------

NEWS = """### Title

A kite "day": what came of it

### Description

A made-up day on which kites were flown,
and what was learned: a lot.

### Audience

professionals, everyone

### Sources

yearbook-2023

### Published

2023-03

### Themes

_No response_

### The text

On a windy day everybody flew a kite.

### What was learned

Hold on.
"""
SESSION = """### Title

Knots & strings: 1

### Source

yearbook-2023

### Place

Page 4

### Event

kite-week-2022

### Held

March 2023

### Format

in person

### Theme day

_No response_

### Themes

kites, puddles
"""


def test_a_form_becomes_news_on_the_site(tmp_path: Path) -> None:
    site = copy_small_site(tmp_path)
    file, _ = proposal(NEWS.replace("\n", "\r\n"), [label_of(BY_NAME["news"])], 12, TODAY)
    assert file.path == "docs/news/2023-03-a-kite-day-what-came-of-it.md"
    assert PROPOSED_PATH.fullmatch(file.path)
    write(site, file)
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
    file, _ = proposal(SESSION, [label_of(BY_NAME["session"]), "other"], 7, TODAY)
    assert file.path == "data/sessions/form-7.yml"
    assert PROPOSED_PATH.fullmatch(file.path)
    write(small_site, file)
    catalogue, problems = load_catalogue(small_site, TODAY)
    assert errors([*problems, *check_all(catalogue)]) == []
    session = catalogue.get("session", "knots-strings-1")
    assert (session.title, session.event, session.themes, session.theme_day) == ("Knots & strings: 1", "kite-week-2022", ("kites", "puddles"), None)


def test_a_heading_in_an_answer_is_part_of_the_answer() -> None:
    answers = answers_in(NEWS.replace("Hold on.", "### Title\n\nAnother title\n\n### Sources\n\nnone"), BY_NAME["news"])
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
    with pytest.raises(CannotRead, match=says):
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
        file, _ = proposal(body, ["proposal: news"], 3, TODAY)
    except CannotRead:
        return
    assert re.fullmatch(r"docs/news/[a-z0-9-]+\.md", file.path) and PROPOSED_PATH.fullmatch(file.path)
    problems: list[object] = []
    page = parse_page(file.text, "docs/news/x.md", problems)  # type: ignore[arg-type]
    assert page is not None and problems == [], (problems, file.text)
    settings = page.front.value
    assert isinstance(settings, dict)
    assert settings["owner"] == "business-team" and settings["written_on"] == "2026-11-20"
    assert set(settings) == {setting.name for setting in settings_of(BY_NAME["news"])}
    assert isinstance(settings["title"], str)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x00-\x08\x85\u2028]", file.text)


@given(ANSWER, st.integers(1, 10**6))
def test_whatever_a_session_holds_it_is_one_entry(answer: str, number: int) -> None:
    body = SESSION.replace("March 2023", answer).replace("Page 4", answer).replace("kites, puddles", answer)
    file, _ = proposal(body, ["proposal: session"], number, TODAY)
    assert file.path == f"data/sessions/form-{number}.yml"
    read = parse_yaml(file.text, "x", [])
    assert read is not None and isinstance(read.value, list) and len(read.value) == 1
    assert isinstance(read.value[0], dict) and read.value[0]["id"] == "knots-strings-1"


def test_the_command_writes_the_file_and_says_what_the_check_says(small_site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    event = tmp_path / "event.json"
    issue = {"number": 7, "body": SESSION.replace("kite-week-2022", "kite-week-2032"), "labels": [{"name": "proposal: session"}]}
    event.write_text(json.dumps({"issue": issue}))
    assert door.main(["from-form", str(event), str(small_site)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["path"] == "data/sessions/form-7.yml" and said["text"] == (small_site / said["path"]).read_text()
    line = said["text"].split("\n").index("  event: kite-week-2032") + 1
    assert f'- [ ] `data/sessions/form-7.yml, line {line}, event`: There is no event called "kite-week-2032". Did you mean "kite-week-2022"?' in said["message"]
    assert door.main(["from-form", str(event), str(small_site)]) == 0
    assert "There is a file data/sessions/form-7.yml already" in json.loads(capsys.readouterr().out)["refused"]
    event.write_text(json.dumps({"issue": {**issue, "body": None}}))
    assert door.main(["from-form", str(event), str(small_site)]) == 0
    assert "title" in json.loads(capsys.readouterr().out)["refused"]
