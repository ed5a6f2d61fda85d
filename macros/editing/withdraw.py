"""Taking a page down: every trace of it in docs/ and data/, what goes with certainty, and what a person must rewrite.

Owns: which traces there are, and the text of each file without them. Never: rewrites a sentence, says why a page goes, or changes what is outside the tree.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from macros.content.catalogue import PUBLISHED, TABLES, Catalogue, PageEntry, address_of_page, kind_of_page, resolved
from macros.editing import Refused
from macros.editing.new import with_entry
from macros.editing.quoting import cut
from macros.models.base import Record, references_in
from macros.models.pages import Briefing, Review
from macros.models.table import Table
from macros.problems import nearest_path
from macros.sources.files import line_at

LIST = "data/withdrawn.yml"
OUTSIDE = (
    "Hide it first: merge this change at once and see that the address shows the neutral page. The rest can follow.",
    "The change itself: its name, its branch and the comment under it quote what was removed. Give it a neutral name; delete the comment and the branch.",
    "GitHub's history: every earlier commit, and the reference of every pull request, still holds the text. Rewriting the history is for an engineer;"
    " the references and GitHub's own caches are cleared by GitHub's support alone. Until then, consider making the repository private.",
    "Forks and clones: list the forks, write to their owners, and name them to GitHub's support.",
    "Artifacts of workflows: the site to look at is kept for 14 days. Delete it with its runs and their logs. Do the same for the deployments.",
    "Issues and comments: search them for the name, delete what holds it, and its earlier versions in their history of edits.",
    "Downloads and PDFs that others saved or printed: tell those who are known to have them, and ask them to delete them.",
    "Readers of feeds and calendars keep what they fetched: their programs drop it in their own time, or never.",
    "Search engines' caches and web archives: ask each to remove the address, with its own form.",
    "Who decides: the roles that the entry names. The reason is kept elsewhere by them, never here, in a commit or in a comment.",
    "Out of hours: whoever may merge hides the page first and tells those who decide the next morning.",
)
_NAMING = ("id", "title", "name", "term", "plan", "text", "address", "from", "to", "page")  # the settings that say what an entry is about
_LISTED = LIST.removesuffix(".yml")  # the list, or a folder of its entries
_ITEM_OR_WORD = re.compile(r"\s*(?:(?:[-*+]|\d+\.)\s+\[[^\]]*\]\([^)]*\)[.,;]?|\{\{[^{}]*\}\})\s*\Z")
_FLOW_LIST = re.compile(r"""(\s*(?:- )?[\w-]+: )\[([^\[\]"']*)\]\s*\Z""")


@dataclass
class Withdrawal:
    """What goes (``removed``), what is left for a person (``left``), and what is written: each file's text, or nothing where it goes.

    ``names`` are looked for, ``pages`` are the paths below docs/ of the pages that go, ``addresses`` theirs and of redirects to them.
    ``unnamed`` are the files that share a theme with a page that goes, and so may tell of it without its name.
    """

    names: tuple[str, ...] = ()
    pages: set[str] = field(default_factory=set)
    addresses: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    files: dict[str, str | None] = field(default_factory=dict)


def withdraw(catalogue: Catalogue, asked: str, also: Iterable[str], decided_by: str) -> Withdrawal:
    """What taking down the page at an address or path would do; nothing is written. A page that is down already is looked for again.

    Raises Refused where no page is there and none was withdrawn from there, or the page is the home page.
    """
    path = _path(catalogue, asked)
    gone = Withdrawal(names=tuple(dict.fromkeys([*also, *_names_of(catalogue, path)])))
    known = [_file_of(entry.address) for entry in catalogue.all("withdrawn")]
    traces = _pattern(gone.names, [path, *known])
    for page in catalogue.pages.values():
        if page.path == path or _goes_with(page, path, traces):
            gone.pages.add(page.path)
            gone.addresses.append(page.address)
            _delete(gone, page.source.file, "the page")
    traces = _pattern(gone.names, [path, *known, *gone.pages])
    for name, text in catalogue.texts.items():
        if name.startswith("data/") and name.endswith(".yml") and not name.startswith((_LISTED, TABLES)):
            _keep(gone, name, _without_entries(catalogue, gone, name, text.split("\n"), traces))
    for file, table in ((table.file, table) for table in catalogue.tables.values() if not table.about.derived):
        _keep(gone, file, _without_rows(gone, file, table, catalogue.texts[file].split("\n"), traces))
    for page in catalogue.pages.values():
        if page.path not in gone.pages:
            _keep(gone, page.source.file, _without_mentions(catalogue, gone, page, traces))
    _delete_pictures(catalogue, gone, traces)
    gone.left = list(_left(catalogue, gone, traces, {*gone.pages, *known}))
    themes = {theme for path in gone.pages for theme in catalogue.pages[path].meta.themes}
    gone.unnamed = [page.source.file for path, page in catalogue.pages.items() if path not in gone.pages and themes & {*page.meta.themes}]
    gone.unnamed += [f"{TABLES}/{name}.yml" for name, table in catalogue.tables.items() if themes & {*table.about.themes}]
    if gone.addresses:
        gone.files[LIST] = with_entry(catalogue.texts.get(LIST, ""), _entries(catalogue, gone.addresses, decided_by))
    return gone


def _path(catalogue: Catalogue, asked: str) -> str:
    """The path below docs/ of what was asked for: an address, in full or not, with or without slashes, or the file's path."""
    bare = address_of_page(urlsplit(asked.strip()).path.strip("/").removeprefix("docs/")).strip("/")
    paths = {entry.address.strip("/"): _file_of(entry.address) for entry in catalogue.all("withdrawn")}
    paths |= {page.address.strip("/"): path for path, page in catalogue.pages.items()}
    path = paths.get(bare, "")
    if not bare:
        raise Refused("The home page cannot be taken down: name another page.")
    if not path:
        near = nearest_path(f"/{bare}/", [f"/{known}/" for known in paths])
        hint = f' Did you mean "{near}"?' if near else ""
        raise Refused(f'No page of docs/ is at "{asked}", and none was withdrawn from there.{hint} Write its address, or its path such as docs/news/a-day.md.')
    return path


def _file_of(address: str) -> str:
    return f"{address.strip('/')}.md"


def _goes_with(page: PageEntry, path: str, traces: re.Pattern[str]) -> bool:
    """Whether a page exists for the one at a path alone: a review's briefing, news of it, or a briefing of no other review that has its name."""
    if isinstance(page.meta, Briefing) and page.meta.review:
        return bool(_refers(page.meta, [path]))
    return page.kind.name in ("briefing", "news") and bool(traces.search(f"{page.meta.title} {page.meta.id}"))


def _names_of(catalogue: Catalogue, path: str) -> Iterator[str]:
    """The names a review is known by: its pseudonyms, and its title where that has two words or more. The title of another page may mean anything."""
    page = catalogue.pages.get(path)
    if page and isinstance(page.meta, Review):
        if " " in page.meta.title:
            yield page.meta.title
        yield from (entry.name for entry in catalogue.all("pseudonym") if entry.review == page.meta.id or entry.name in page.meta.pseudonym)


def _pattern(names: Iterable[str], paths: Iterable[str]) -> re.Pattern[str]:
    """What any trace looks like: a name however it is spaced, hyphenated or emphasised; an address or path in any form; a review's id within another."""
    words = [r"[\W_]{1,4}".join(map(re.escape, found)) for name in names if (found := re.findall(r"[^\W_]+", name))]
    stems = [path.removesuffix(".md").removesuffix("/index") for path in paths]
    ids = [posixpath.basename(stem) for stem in stems if kind_of_page(f"{stem}.md").name == "review"]
    whole = [rf"(?<![a-z0-9]){word}(?![a-z0-9])" for word in (*words, *(name for name in ids if "-" in name))]
    places = [rf"/?(?:docs)?/{re.escape(stem)}(?:/index\.md|\.md|/)?(?![\w/-])" for stem in stems]
    return re.compile("|".join([*whole, *places]), re.IGNORECASE)


def _refers(record: Record, paths: Iterable[str]) -> list[str]:
    """The settings by which a record names one of the pages."""
    ids = {(kind_of_page(path).name, posixpath.basename(path).removesuffix(".md")) for path in paths}
    return [name for name, target in references_in(type(record)) if (target, getattr(record, name)) in ids]


def _without_entries(catalogue: Catalogue, gone: Withdrawal, file: str, lines: list[str], traces: re.Pattern[str]) -> list[str | None]:
    """A list without the entries whose whole point it is; one that loses its last entry holds [], as the site wants it."""
    kept: list[str | None] = [*lines]
    starts = {number for number, line in enumerate(lines) if line.startswith("-")}
    entries = [(place.line() or 1, kind, name) for (kind, name), place in catalogue.places.items() if place.document.file == file]
    for line, kind, name in entries:
        record = catalogue.records[kind][name]
        values = record.model_dump(by_alias=True, mode="json")
        begin = max((start for start in starts if start < line), default=None)
        if begin is None or not (_refers(record, gone.pages) or any(traces.search(str(values.get(key) or "")) for key in _NAMING)):
            continue
        end = min((start for start in starts if start > begin), default=len(lines) - (lines[-1] == ""))
        while lines[end - 1].startswith("#"):  # remarks above the next entry are its own
            end -= 1
        kept[begin:end] = [None] * (end - begin)
        gone.removed.append(f"{file}, line {begin + 1}: the entry {name}")
        if kind == "redirect":
            gone.addresses.append(str(values["from"]))
    if any(line is None for line in kept) and all(kept[start] is None for start in starts):
        kept[-1:] = ["[]", ""]
    return [line if line is None else _without_items(gone, file, number, line, traces) for number, line in enumerate(kept, 1)]


def _without_rows(gone: Withdrawal, file: str, table: Table, lines: list[str], traces: re.Pattern[str]) -> list[str | None]:
    """A table's file without the rows that are called so, or that have a cell which is nothing else."""
    kept: list[str | None] = [*lines]
    starts = [row.line for row in table.rows]
    for row, end in zip(table.rows, [*starts[1:], len(lines) + (lines[-1] != "")], strict=True):
        if any(traces.fullmatch(cell.text) for cell in row.cells.values()) or (table.about.key and traces.search(table.key_of(row))):
            kept[row.line - 1 : end - 1] = [None] * (end - row.line)
            gone.removed.append(f"{file}, line {row.line}: the row")
    return kept


def _without_items(gone: Withdrawal, file: str, number: int, line: str, traces: re.Pattern[str]) -> str:
    """A line of settings whose list in brackets loses what is nothing but a trace. Where nothing else is in it, a person must say what it means then."""
    if not (found := _FLOW_LIST.match(line)):
        return line
    items = found[2].split(", ")
    rest = [item for item in items if not traces.fullmatch(f"/{item}" if "/" in item else item)]
    if rest == items or not rest:
        return line
    gone.removed.append(f"{file}, line {number}: {len(items) - len(rest)} of the list")
    return f"{found[1]}[{', '.join(rest)}]"


def _without_mentions(catalogue: Catalogue, gone: Withdrawal, page: PageEntry, traces: re.Pattern[str]) -> list[str | None]:
    """A page without the settings, links in lists and words of the site that lead nowhere now."""
    file, lines = page.source.file, catalogue.texts[page.source.file].split("\n")
    kept: list[str | None] = [*lines]
    dead = {link.line for link in page.links if resolved(page.path, link.target) in gone.pages}
    settings = {catalogue.places[(page.kind.name, page.meta.id)].line(name) for name in _refers(page.meta, gone.pages)}
    for number, line in enumerate(lines, 1):
        bare = _ITEM_OR_WORD.match(line) and (number in dead or traces.search(line))
        if number in settings or (number >= page.source.body_line and bare):
            kept[number - 1] = None
            gone.removed.append(f"{file}, line {number}: {cut(line, 80)}")
        elif number < page.source.body_line:
            kept[number - 1] = _without_items(gone, file, number, line, traces)
    return kept


def _delete_pictures(catalogue: Catalogue, gone: Withdrawal, traces: re.Pattern[str]) -> None:
    """Pictures and documents that the removed pages alone show, and those that carry the name and that no page shows."""
    shown = {
        path: {resolved(page.path, link.target) for link in page.links if link.picture or link.target.endswith(".pdf")}
        for path, page in catalogue.pages.items()
    }
    kept = {picture for path, pictures in shown.items() if path not in gone.pages for picture in pictures}
    pictures = {picture for path in gone.pages for picture in shown[path]} | {file for file in catalogue.files if traces.search(f"/{file}")}
    for picture in sorted(pictures - kept):
        if picture in catalogue.files and not picture.endswith(".md"):
            _delete(gone, f"docs/{picture}", "the document" if picture.endswith(".pdf") else "the picture")


def _left(catalogue: Catalogue, gone: Withdrawal, traces: re.Pattern[str], dead: set[str]) -> Iterator[str]:
    """Each line, and each name of a file, in which a trace is left: a name, an address, or a link to one of the ``dead`` pages however it is written."""
    for name in sorted({*catalogue.texts, *(f"docs/{file}" for file in catalogue.files)}):
        text = gone.files.get(name, catalogue.texts.get(name, ""))
        if text is None or name == PUBLISHED or name.startswith(_LISTED):  # these hold addresses alone, and are not published
            continue
        if traces.search(f"/{name}"):
            yield f"{name}: the name of the file"
        page, lines = catalogue.pages.get(name.removeprefix("docs/")), text.split("\n")
        found = {line_at(text, match.start()) for match in traces.finditer(text)}
        for target in {link.target for link in page.links if resolved(page.path, link.target) in dead} if page else ():
            found |= {number for number, line in enumerate(lines, 1) if target in line}
        yield from (f"{name}, line {number}: {cut(lines[number - 1], 120)}" for number in sorted(found))


def _entries(catalogue: Catalogue, addresses: Iterable[str], decided_by: str) -> str:
    year = catalogue.today.year
    last = max((int(name.rpartition("-")[2]) for name in catalogue.names("withdrawn") if name.startswith(f"w-{year}-")), default=0)
    about = f"  withdrawn_on: {catalogue.today}\n  decided_by: {decided_by}\n"
    return "".join(f"- id: w-{year}-{number:02}\n  address: {address}\n{about}" for number, address in enumerate(addresses, last + 1))


def _keep(gone: Withdrawal, file: str, lines: list[str | None]) -> None:
    if any(entry.startswith(f"{file}, ") for entry in gone.removed):
        gone.files[file] = "\n".join(line for line in lines if line is not None)


def _delete(gone: Withdrawal, file: str, what: str) -> None:
    gone.files[file] = None
    gone.removed.append(f"{file}: {what}")
