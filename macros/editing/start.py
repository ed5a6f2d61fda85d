"""A site for another partnership, begun from this one: the machinery as it is, and pages that ask instead of claiming anything.

Owns: which files are the machinery, what of this site's lists holds anywhere, and the first pages with their questions, from skeleton/pages.yml.
Never: takes over a fact about this area, or writes into a folder that holds something.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from macros.editing import Refused
from macros.editing.generated_files import write as write_generated
from macros.models import BY_NAME, CONTENT_TYPES
from macros.settings import read_settings
from macros.sources.yaml_files import read_yaml

SKELETON = Path(__file__).with_name("skeleton")
MACHINERY = (
    ".ci", ".devcontainer", ".editorconfig", ".github", ".gitignore", ".npmrc", ".vscode", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile", "README.md", "SECURITY.md",
    "THREAT-MODEL.md", "bench", "docs/contribute", "macros", "mkdocs.yml", "overrides", "package-lock.json", "package.json", "publiccode.yml", "pyproject.toml", "requirements", "tests",
)  # fmt: skip
# What holds of this partnership's content alone.
OWN = (
    "tests/real_site/search_queries.yml", "tests/real_site/test_search.py", "tests/real_site/test_names.py", "tests/real_site/test_look.py", "docs/contribute/look-of-data.md",
    "tests/second_site", "tests/test_second_site.py", ".github/home.png",
)  # fmt: skip
PICTURE, NAMED = "overrides/assets/images/social.png", (190, 30, 1200, 180)  # the picture beside links, and where the name stands in it
LEFT_BY_TOOLS = shutil.ignore_patterns("__pycache__", "site", ".site-build", "node_modules", "*.egg-info", ".hypothesis", ".*_cache")
WHOLE = ("subject", "plain-word", "publication-duty")  # lists of which every entry holds for any partnership; single entries of others: skeleton/general.yml
# What a duty is anywhere. What a partnership did about it, and where its own reports say so, stays behind: the guidance itself has to be read.
GENERAL_OF_A_DUTY = ("id", "edition", "act", "duty", "evidence", "every", "kept_for", "keeps", "from", "until", "replaced_by")


class CannotStart(Refused):
    """Why no site can be begun there, said to the person who asked for it."""


@dataclass(frozen=True)
class Names:
    """What the new partnership is called, in full and by its area, and where its site and repository will be."""

    partnership: str
    area: str
    address: str
    repository: str

    @property
    def area_id(self) -> str:
        """The area as an id."""
        return re.sub(r"[^a-z0-9]+", "-", self.area.lower()).strip("-")

    def put_into(self, text: str) -> str:
        """A text of the skeleton with the names in their places."""
        return text.replace("{partnership}", self.partnership).replace("{area}", self.area)


def start(root: Path, folder: Path, names: Names, today: date) -> list[str]:
    """Begins a site in ``folder`` and returns the paths of its pages.

    Raises:
        CannotStart: the folder holds something or lies within this project, or a name is no name.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotStart(f"{folder} is there already. Name a folder that is not there yet.")
    if folder.resolve().is_relative_to(root.resolve()):
        raise CannotStart(f"{folder} lies within this project. Name a folder outside it.")
    if not names.area_id:
        raise CannotStart("The area needs a name with letters.")
    if not re.fullmatch(r"https://[a-z0-9.-]+/(?:[^\s]*/)?", names.address):
        raise CannotStart("The site's address begins with https:// and ends with a slash, such as https://www.example.org/.")
    _copy_machinery(root, folder, names)
    pages = _records(SKELETON, "pages.yml")
    for page in pages:
        _write(folder / "docs" / page["path"], names.put_into(_page(page, today)))
    for path, records in _lists(root, pages, names, today).items():
        _write(folder / path, _as_yaml(records))
    (folder / "data/tables").mkdir(parents=True, exist_ok=True)
    _write(folder / "data/published_addresses.txt", "# Every address that was ever published, one a line.\n")
    write_generated(folder, today)
    return [page["path"] for page in pages]


def _copy_machinery(root: Path, folder: Path, names: Names) -> None:
    """The machinery; where it names this partnership it names the new one."""
    for part in MACHINERY:
        if (root / part).is_dir():
            shutil.copytree(root / part, folder / part, ignore=LEFT_BY_TOOLS)
        elif (root / part).exists():
            (folder / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / part, folder / part)
    for own in OWN:
        shutil.rmtree(folder / own) if (folder / own).is_dir() else (folder / own).unlink(missing_ok=True)
    from PIL import Image

    with Image.open(root / PICTURE) as picture:  # until `python -m tests.social_picture` draws it with the new name
        picture.paste(picture.crop((0, 0, 1, 1)).resize((NAMED[2] - NAMED[0], NAMED[3] - NAMED[1])), NAMED)
        picture.save(folder / PICTURE, optimize=True)
    _rename(root, folder, names)
    readme = folder / "README.md"
    readme.write_text(re.sub(r"!\[[^\]]*\]\(\.github/home\.png\)\n\n", "", readme.read_text(encoding="utf-8")), encoding="utf-8")


def _rename(root: Path, folder: Path, names: Names) -> None:
    """Puts the new names where the machinery beside the code has this partnership's."""
    settings, (whose, *_) = read_settings(root), _records(root, BY_NAME["partnership"].home)
    area = next(each["title"] for each in _records(root, BY_NAME["area"].home) if each["id"] == whose["area"])
    pairs = {settings.repository: names.repository, settings.address: names.address, settings.name: names.partnership, area: names.area}
    pairs[_owner(settings.repository)] = _owner(names.repository)
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix in ("", ".md", ".yml") and path.relative_to(folder).parts[0] not in ("macros", "tests", "requirements"):
            text = path.read_text(encoding="utf-8")
            for mine, theirs in pairs.items():
                text = text.replace(mine, theirs) if mine else text
            path.write_text(text, encoding="utf-8")


def _owner(repository: str) -> str:
    """Whose a repository is: the last but one part of its address."""
    return repository.rstrip("/").rsplit("/", 2)[-2] if repository.count("/") > 3 else ""


def _page(page: Mapping[str, Any], today: date) -> str:
    """A page that says what belongs on it and asks for it."""
    front = {
        "title": page["title"],
        "description": page["description"],
        "audience": page.get("audience", ["everyone"]),
        "themes": [],
        "owner": "business-team",
        "written_on": today.isoformat(),
        "review_by": (today + timedelta(days=182)).isoformat(),
        "sources": page.get("sources", ["general-guidance"]),
    }
    parts = [page["lead"]] if "lead" in page else []
    parts += [f'{{{{ answer("{_question_id(page)}") }}}}'] if "asks" in page else []
    if "belongs" in page:
        parts += [f"## {page.get('heading', 'What belongs on this page')}", "\n".join(f"- {line}" for line in page["belongs"])]
    parts += [page["words"]] if "words" in page else []
    here = Path("/", page["path"]).parent
    if "links" in page:
        titles = {f"/{each['path']}": each["title"] for each in _records(SKELETON, "pages.yml")}
        parts.append("## In this part\n\n" + "\n".join(f"- [{titles[f'{here / link}.md']}]({here / link}.md)" for link in page["links"]))
    return f"---\n{_as_yaml(front)}---\n" + "\n\n".join(parts) + "\n"


def _question_id(page: Mapping[str, Any]) -> str:
    return "page-" + str(page["path"]).removesuffix(".md").removesuffix("/index").replace("/", "-").replace("index", "home")


def _lists(root: Path, pages: list[dict[str, Any]], names: Names, today: date) -> dict[str, list[dict[str, Any]]]:
    """Every list: what holds anywhere, the partnership and its area, the menu, and a question for each page; the others are empty."""
    found: dict[str, list[dict[str, Any]]] = {}
    kept = _document(SKELETON, "general.yml")
    for kind in (kind for kind in CONTENT_TYPES if not kind.is_pages):
        found[kind.home] = [record for record in _records(root, kind.home) if kind.name in WHOLE or record["id"] in kept.get(kind.name, ())]
    found["data/sources.yml"] += _records(SKELETON, "sources.yml")
    found["data/publication_duties.yml"] = [_duty(record, pages) for record in found["data/publication_duties.yml"]]
    found["data/areas.yml"] = [{"id": names.area_id, "title": names.area}]
    domain = names.address.removeprefix("https://").partition("/")[0].removeprefix("www.")
    leave = _records(root, BY_NAME["partnership"].home)[0]["leave_to"]
    found["data/partnership.yml"] = [{"id": names.area_id, "area": names.area_id, "domain": domain, "domain_year": today.year, "leave_to": leave}]
    found["data/menu.yml"] = list(_menu(pages))
    for page in (page for page in pages if "asks" in page):  # no section of a law that is named was read by whoever began this site: a person has to
        why = page["why"] + (f" Unverified: somebody responsible must read {page['law']}." if "law" in page else "")
        asked = {"id": _question_id(page), "title": page["title"], "asks": names.put_into(page["asks"]), "asked_of": "business team", "why": why}
        found["data/questions.yml"].append(asked)
    return found


def _duty(record: Mapping[str, Any], pages: list[dict[str, Any]]) -> dict[str, Any]:
    """A duty as nobody has met it yet, with the new site's own pages."""
    kept = {name: record[name] for name in GENERAL_OF_A_DUTY if name in record}
    kept["evidence"] = [page for page in record.get("evidence", ()) if page in {f"/{each['path']}" for each in pages}]
    unread = {"status": "unverified", "last_done": "not stated in the source", "source": "statutory-guidance", "place": "To be looked up in the guidance"}
    return {name: value for name, value in (kept | unread).items() if value}


def _menu(pages: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The first page of each part: what stands in the header says something, and is on the home page too."""
    for page in sorted((page for page in pages if "menu" in page), key=lambda page: page["menu"] != "header"):
        shown = {"where": "header", "says": page["description"]} if page["menu"] == "header" else {"where": "foot"}
        yield {"id": page["path"].removesuffix("/index.md"), "title": page["title"], "page": f"/{page['path']}", **shown}
    yield {"id": "contribute", "title": "Change this site", "page": "/contribute/index.md", "where": "foot"}


def _records(root: Path, file: str) -> list[dict[str, Any]]:
    """A list as it is written: every value is text, but for settings that are numbers."""
    return [{name: int(value) if name in ("order", "domain_year") else value for name, value in record.items()} for record in _document(root, file) or ()]


def _document(root: Path, file: str) -> Any:
    document = read_yaml(root / file, root, [])
    return document.value if document else None


def _as_yaml(value: Any) -> str:
    return str(yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=10**6))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
