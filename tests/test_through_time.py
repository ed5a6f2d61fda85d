"""Records through time: what each document knew, what has ended, and what nobody has found yet."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from macros.components import Components
from macros.content.catalogue import Catalogue
from macros.content.standing import is_over, known, was_there
from macros.outputs.search_index import read_html
from macros.rules import absences, history, measure_verdicts, old_promises, page_words
from macros.views import records
from macros.views.pages import section_menu
from macros.views.reports.actions import track
from macros.website.generated_pages import report_pages
from macros.website.house import House
from tests.outputs_at_hand import catalogue_at, copy_of_small, problems_at, small

NEXT = "yearbook-2024"  # the document that arrives
EARLIER = date(2023, 3, 31)  # the last day of the one that is there
DOCUMENT = f"- id: {NEXT}\n  title: Exampleshire yearbook 2024\n  publisher: A county\n  period: 1 April 2023 to 31 March 2024\n  kind: annual report\n  holds: Newer made-up counts.\n"
SAYS = f"source: {NEXT}\n      place: Kites\n"
ADDED = {
    "data/sources.yml": DOCUMENT,
    "data/actions.yml": f"- id: dry-the-kites\n  title: Dry the kites\n  plan: kite-plan\n  owner: String group\n  due: 2024\n  history:\n    - {SAYS}      status: planned\n",
    "data/groups.yml": f"- id: team\n  title: Wind and String Team\n  kind: multi-agency child protection team\n  purpose: It does both.\n  period: From 2023\n  from: 2023-06\n  source: {NEXT}\n  place: Groups\n",
    "data/partners.yml": f"- id: kite-school\n  title: School of Kites\n  kind: education partner\n  role: It teaches.\n  period: From 2023\n  from: 2023-06\n  source: {NEXT}\n  place: Partners\n",
    "data/roles.yml": "".join(
        f"- id: {name}\n  title: {title}\n  kind: {kind}\n  held_by: {held_by}\n  {of}\n  held: From June 2023\n  from: 2023-06\n  source: {NEXT}\n  place: Groups\n"
        for name, title, kind, held_by, of in (
            ("second-chair", "Chair of the Wind Board", "chair", "The second cock", "group: wind-board"),
            ("lead", "Lead partner for kites", "lead safeguarding partner", "Head of kites", "partner: kite-office"),
            ("delegated", "Delegated partner for kites", "delegated safeguarding partner", "Deputy head of kites", "partner: kite-office"),
        )
    ),
    "data/publication_duties.yml": f"- id: fly-a-flag\n  act: Kites Act 1901, section 2\n  duty: Fly a flag.\n  status: unverified\n  last_done: date not given\n  from: 2024-01-01\n  source: {NEXT}\n  place: Title page\n",
    "data/contacts.yml": "- id: new-advice\n  title: New kite advice\n  kind: phone\n  value: 01632 960002\n  says: Ring for advice.\n  order: 21\n  last_seen: 2026-11-20\n  seen_at: Nowhere\n  owner: business-team\n  review_by: 2027-05-20\n",
}  # fmt: skip
CHANGED = (
    ("data/actions.yml", "      status: under way\n", f"      status: under way\n    - {SAYS}      status: done\n      says: All tails were counted in May 2023.\n"),
    ("data/measures.yml", "      says: The handbook blew away.\n", f"      says: The handbook blew away.\n    - {SAYS}      year: 2023/24\n      published_verdict: met\n      says: It was found again.\n"),
    ("docs/priorities/kites.md", "lead_group:", f"  - from: 2023/24\n    until: 2023/24\n    status: flying on\n    source: {NEXT}\n    place: Kites\nlead_group:"),
    ("data/groups.yml", "  purpose: It untangled strings.\n", "  purpose: It untangled strings.\n  until: 2023-05\n  replaced_by: team\n"),
    ("data/partners.yml", "  role: It fills puddles up again.\n", "  role: It fills puddles up again.\n  replaced_by: kite-school\n"),
    ("data/roles.yml", "  held: From 2022\n", "  held: From 2022\n  replaced_by: second-chair\n"),
    ("data/publication_duties.yml", "  duty: Publish a yearbook.\n", "  duty: Publish a yearbook.\n  until: 2023\n  replaced_by: fly-a-flag\n"),
    ("docs/learning/reviews/child-q.md", "kind: local child safeguarding practice review\n", "kind: rapid review\n"),
    ("docs/every-word/index.md", 'kind="local child safeguarding practice review"', 'kind="rapid review"'),
    ("docs/topics/puddles.md", "sources:", "until: 2023-05\nreplaced_by: /topics/kites.md\nsources:"),
)  # fmt: skip


def arrive(root: Path) -> Path:
    """A site at which the next document has arrived, and been put in whole."""
    for name, text in ADDED.items():
        with (root / name).open("a", encoding="utf-8") as file:
            file.write(text)
    for name, before, after in CHANGED:
        text = (root / name).read_text(encoding="utf-8")
        assert before in text, before
        (root / name).write_text(text.replace(before, after, 1), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return catalogue_at(arrive(copy_of_small(tmp_path_factory.mktemp("later"))))


def reports(catalogue: Catalogue) -> dict[str, str]:
    """Every report page, byte for byte."""
    return {page.path: str(page.html) for page in report_pages(catalogue, Components(catalogue))}


def plain(html: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(html)))


# What each document knew -----------------------------------------------------------------------------------


def test_a_later_document_changes_no_byte_of_an_earlier_years_report(later: Catalogue) -> None:
    before, after = reports(small()), reports(later)
    path = "publications/report-2022-23.md"
    assert after[path] == before[path]
    assert "Count the tails" in before[path] and "were reported done" not in before[path].partition("Count the tails")[2][:300]
    new = plain(after["publications/report-2023-24.md"])
    for words in ("Dry the kites", "All tails were counted", "The second cock", "Flying on", "A priority in 2021/22, 2022/23, 2023/24."):
        assert words in new, words
    assert "The weather cock" not in new, "a role stands in the report of the document that names it"


def test_the_order_of_documents_and_entries_in_their_files_says_nothing(later: Catalogue) -> None:
    expected = reports(later)
    for sources in permutations(later.all("source")):
        kinds: dict[str, Any] = {"source": {source.id: source for source in sources}}
        for kind, several in (("action", "history"), ("measure", "results"), ("priority", "spans")):
            turned = (record.model_copy(update={several: tuple(reversed(getattr(record, several)))}) for record in later.all(kind))
            kinds[kind] = {record.id: record for record in turned}
        shuffled = replace(later, records=MappingProxyType({**later.records, **kinds}))
        told = reports(shuffled)
        for path in (path for path in expected if "report-" in path):
            assert told[path] == expected[path], path


def test_an_action_stands_as_the_newest_document_says_and_as_each_day_could_know(later: Catalogue) -> None:
    action = later.get("action", "count-tails")
    assert (track(later, action).state, track(later, action, EARLIER).state) == ("done", "no date")
    assert [said.source for said in known(later, action.history)] == ["yearbook-2023", NEXT]
    same_day = [action.history[0].model_copy(update={"place": place}) for place in ("Tails", "Bows")]
    assert known(later, same_day) == known(later, same_day[::-1]), "of two words of one day neither comes first for where it stands"
    quarter = reports(later)["publications/quarterly.md"]
    assert quarter.count("Count the tails") == 1 and "Exampleshire yearbook 2024: done. All tails were counted in May 2023." in plain(quarter)
    assert track(later, later.get("action", "dry-the-kites")).says.endswith("It was due in 2024, which has ended.")
    silent = action.history[0].model_copy(update={"source": NEXT, "status": ""})
    assert track(later, action.model_copy(update={"history": (*action.history[:1], silent)})).status == "under way", "silence changes nothing"
    moved = action.history[1].model_copy(update={"status": "planned", "due": "2027/28"})
    assert track(later, action.model_copy(update={"history": (action.history[0], moved)})).state == "due"


def test_words_as_at_a_day_show_what_was_known_and_there(later: Catalogue) -> None:
    pieces, day = Components(later), EARLIER.isoformat()
    assert "It was found again" in pieces.measures("kites") and "It was found again" not in pieces.measures("kites", as_at=day)
    assert "Dry the kites" in pieces.actions("kite-plan") and "Dry the kites" not in pieces.actions("kite-plan", as_at=day)
    shown = {
        plural: [item.record.id for item in records.listed(later, plural, as_at=day)] for plural in ("groups", "partners", "roles", "priorities", "reviews")
    }
    assert shown == {"groups": ["wind-board", "string-group"], "partners": ["kite-office", "puddle-office"], "roles": ["wind-board-chair"], "priorities": ["kites"], "reviews": ["child-q"]}  # fmt: skip
    assert "2021/22, 2022/23. Finished." in pieces.listing("priorities", as_at=day) and "Flying on" in pieces.listing("priorities")
    assert not was_there(later, "review", later.get("review", "child-q"), date(2022, 12, 31))


# What has ended --------------------------------------------------------------------------------------------


def test_what_was_replaced_says_by_what_stays_and_leaves_what_is_current(later: Catalogue) -> None:
    pieces, house = Components(later), House(later)
    groups, partners, roles = str(pieces.groups()), str(pieces.listing("partners")), str(pieces.listing("roles"))
    for html, anchor, says in (
        (groups, "group-string-group", "Until May 2023. Replaced by Wind and String Team"),
        (partners, "partner-puddle-office", "Replaced by School of Kites"),
        (roles, "role-wind-board-chair", "Replaced by Chair of the Wind Board"),
    ):
        (past,) = re.findall(r"<aside class=\"past\".*?</aside>", html, re.DOTALL)
        assert f'id="{anchor}"' in past and says in plain(past), anchor
        assert anchor not in html.replace(past, ""), "it stands among what is current"
        assert "String Group" not in read_html(past)[0] and read_html(past) == ("", ""), "the search does not read it"
    assert "Chair: The second cock." in plain(groups) and "Chair: The weather cock." not in plain(groups)
    duties = plain(pieces.duties())
    assert "Until 2023. Replaced by Fly a flag." in duties and "Kites Act 1901, section 2" in duties and "In force from 1 January 2024." in duties
    over, current = later.pages["topics/puddles.md"], later.pages["topics/kites.md"]
    assert "This page is about something that has ended. Until May 2023. Replaced by Kites" in plain(pieces.page_header(over))
    assert '/topics/puddles/">Puddles</a>' in pieces.page_header(current) and "ended" not in plain(pieces.page_header(current))
    assert house.found_by_search(current.path, house.frame(current.path), "") and not house.found_by_search(over.path, house.frame(over.path), "")
    menu = {entry.title for entry in section_menu(later, "topics")}
    assert "Kites" in menu and "Puddles" not in menu
    assert "String Group" not in {item.title for _, items in records.hub(later, "kites").sections for item in items}


def test_what_ends_is_there_until_its_last_day(later: Catalogue) -> None:
    group, office = later.get("group", "string-group"), later.get("partner", "puddle-office")
    assert [is_over(later, "group", group, date(2023, 5, day)) for day in (1, 31)] == [False, False] and is_over(later, "group", group, date(2023, 6, 1))
    assert [is_over(later, "partner", office, date(2023, month, 1)) for month in (5, 6)] == [False, True], "until the one that takes its place begins"


def test_nobody_is_sent_to_a_contact_that_was_replaced_nor_told_of_it_in_the_present(tmp_path: Path) -> None:
    root = arrive(copy_of_small(tmp_path))
    contacts, page = root / "data/contacts.yml", root / "docs/training/booking.md"
    contacts.write_text(contacts.read_text().replace("  title: Kite advice\n", "  title: Kite advice\n  replaced_by: new-advice\n"))
    page.write_text(page.read_text() + "\nThe String Group meets here. The Wind Board meets there.\n")
    catalogue = catalogue_at(root)
    assert {problem.says for problem in page_words.check(catalogue)} == {'The contact "advice" is no longer in use.'}
    assert {problem.fix for problem in page_words.check(catalogue)} == {"Name new-advice instead."}
    (told,) = (problem for problem in old_promises.check(catalogue) if problem.file == "docs/training/booking.md" and "ended" in problem.says)
    assert told.says.startswith('"String Group meets" speaks in the present tense of what has ended') and told.severity == "warning"
    card = plain(Components(catalogue).contacts())
    assert "Kite advice, no longer in use. Replaced by New kite advice" in card and "01632 960001" not in card
    assert [problem.file for problem in old_promises.check(catalogue) if "of what has ended" in problem.says].count("docs/topics/puddles.md") == 1


# What nobody has found -------------------------------------------------------------------------------------


def test_a_newer_document_lists_each_claim_of_absence_until_somebody_has_looked(tmp_path: Path) -> None:
    root = copy_of_small(tmp_path)
    listed = root / "data/absences.yml"
    listed.write_text(listed.read_text().replace("  says:", "  in_lists: [data/figures.yml]\n  says:"))
    assert list(absences.check(catalogue_at(root))) == [], "nothing is listed before"
    with (root / "data/sources.yml").open("a") as file:
        file.write(DOCUMENT + DOCUMENT.replace(NEXT, "yearbook-2019").replace("1 April 2023 to 31 March 2024", "2019"))  # an old one says nothing new
    page, line = (
        "docs/every-word/index.md",
        1
        + (root / "docs/every-word/index.md")
        .read_text()
        .split("\n")
        .index(next(text for text in (root / "docs/every-word/index.md").read_text().split("\n") if "not_found" in text)),
    )
    told = [(problem.file, problem.line, problem.severity) for problem in absences.check(catalogue_at(root))]
    assert told == [(page, line, "warning"), ("data/absences.yml", 4, "warning")]
    looked = listed.read_text()
    listed.write_text(looked.replace("[yearbook-2023]", f"[yearbook-2023, {NEXT}]"))
    assert list(absences.check(catalogue_at(root))) == []
    listed.write_text(looked.replace("  says:", f"  found_in: {NEXT}\n  says:"))
    assert {problem.severity for problem in absences.check(catalogue_at(root))} == {"error"}


def test_words_about_the_documents_move_with_them(later: Catalogue) -> None:
    def words(catalogue: Catalogue) -> list[str]:
        pieces = Components(catalogue)
        return [plain(word()).strip() for word in (pieces.document_count, pieces.documents_end, pieces.newest_report)]

    assert words(small()) == ["one", "March 2023", "Exampleshire yearbook 2023"]
    assert words(later) == ["two", "March 2024", "Exampleshire yearbook 2024"]
    assert plain(Components(later).not_found("price-of-strings")) == "The yearbook does not say what the strings cost."


def test_a_typed_count_or_end_of_the_documents_is_advised_against(tmp_path: Path) -> None:
    root = copy_of_small(tmp_path)
    with (root / "docs/training/booking.md").open("a") as file:
        file.write("\nThe two documents agree. The documents end in March 2023.\n")
    assert [problem.says.split('"')[1] for problem in absences.check(catalogue_at(root))] == ["two documents", "documents end in March 2023"]


# What cannot be --------------------------------------------------------------------------------------------


WRONG: tuple[tuple[str, str, str, Callable[[Catalogue], Any], str], ...] = (
    ("data/actions.yml", "Every string holds.", "Every string held in May 2025.", history.check, "yearbook-2023 ends on 31 March 2023, and what it would tell of is dated 1 May 2025 or later."),
    ("data/measures.yml", "      year: 2023/24\n      published_verdict: met", "      year: 2022/23\n      published_verdict: met", measure_verdicts.check, 'Of 2022/23 this document says "met", and yearbook-2023 says "not met".'),
    ("docs/every-word/index.md", "2023-03-31", "31/03/2023", page_words.check, '"31/03/2023" must be a date written year-month-day, such as 2026-12-01.'),
)  # fmt: skip


def test_what_cannot_be_is_told_with_its_place(tmp_path: Path) -> None:
    root = arrive(copy_of_small(tmp_path))
    for name, before, after, rule, says in WRONG:
        text = (root / name).read_text()
        assert before in text
        (root / name).write_text(text.replace(before, after))
        assert [(problem.file, problem.says) for problem in rule(catalogue_at(root))] == [(name, says)]
        (root / name).write_text(text)
        assert list(rule(catalogue_at(root))) == []


def test_a_span_that_ends_before_it_begins_and_a_name_within_a_block_are_refused(tmp_path: Path) -> None:
    root = copy_of_small(tmp_path)
    page, actions, duty = root / "docs/priorities/kites.md", root / "data/actions.yml", root / "data/publication_duties.yml"
    page.write_text(page.read_text().replace("until: 2022/23", "until: 2020/21"))
    actions.write_text(actions.read_text().replace("source: yearbook-2023", "source: yearbok-2023", 1))
    duty.write_text(duty.read_text().replace("  edition: Working Together 2018\n", ""))
    told = {(problem.file, problem.field): problem.says for problem in problems_at(root) if problem.severity == "error"}
    assert told["docs/priorities/kites.md", "spans.until"] == "It would end (2020/21) before it begins (2021/22)."
    assert told["data/actions.yml", "history.source"] == 'There is no source called "yearbok-2023". Did you mean "yearbook-2023"?'
    assert any("must say which edition of the guidance, or which Act, asks for it" in says for says in told.values())
