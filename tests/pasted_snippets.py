"""Snippets as people paste and type them, and what GitHub's preview and this site make of each.

Owns: reading ``tests/pasted_snippets.yml``, the two converters (GitHub's own cmark-gfm, and Python-Markdown as mkdocs.yml sets it) and the structure
of what they make. Never: judges; ``tests/test_pasted_text.py`` does.

``python -m tests.pasted_snippets`` writes what both make of each snippet today, and what is said and fixed; read the difference before you keep it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import cmarkgfm
import markdown
import yaml
from cmarkgfm.cmark import Options
from mkdocs.config import load_config

from macros.rules.markdown_safety import _found_in
from macros.rules.pasted_text import faults_in
from macros.sources.pages import blank_code
from tests.whole_sites import SMALL

SNIPPETS = Path(__file__).with_suffix(".yml")
_PLAIN = ("p", "thead", "tbody", "div", "section", "sup")  # what holds a block without being seen
_EMPTY = ("br", "hr", "img", "input")


def read_snippets() -> list[dict[str, str]]:
    """Each snippet with what was written down of it, every value a text."""
    found: list[dict[str, str]] = yaml.load(SNIPPETS.read_text("utf-8"), Loader=yaml.BaseLoader)
    return found


def on_github(text: str) -> str:
    """The structure of a text as GitHub shows it."""
    return structure(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_FOOTNOTES))


def on_site(text: str) -> str:
    """The structure of a text as the site shows it."""
    return structure(_converter()(text))


@cache
def _converter() -> Callable[[str], str]:
    settings = load_config(str(SMALL / "mkdocs.yml"))
    converter = markdown.Markdown(extensions=settings.markdown_extensions, extension_configs=settings.mdx_configs)
    return lambda text: converter.reset().convert(text)


def told_of(text: str) -> list[str]:
    """The line and words of each fault that the two rules on Markdown find."""
    found = [(fault.line + 1, fault.says) for fault in faults_in(text)[0]]
    prose = blank_code(text)
    found += [(prose.count("\n", 0, position) + 1, says) for position, says, _ in _found_in(prose, True)]
    return [f"{line}: {says}" for line, says in sorted(found)]


def structure(html: str) -> str:
    """Elements and words in a line, so that two programs' HTML for the same page is the same text.

    Left out is what no reader sees: whether a list is loose, the heading's anchor, an empty row, and where one of two like blocks ends.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = re.sub(r"\s+", " ", "".join(reader.seen))
    blocks = "ul|ol|li|table|tr|td|th|h[1-6]|hr|br|pre|blockquote"
    text = re.sub(rf" ?(¶|</?(?:{blocks})\b[^>]*>) ?", r"\1", text).replace("</blockquote><blockquote>", "¶")
    text = re.sub(r"(<(?:li|td|th|blockquote|[uo]l)>|</[uo]l>|^)¶+|¶+(?=<[uo]l|</)", r"\1", text).replace("</ul><ul>", "")
    text = re.sub(r"<tr>(?:<td></td>)+</tr>|(?<=<code>) | (?=</code>)", "", text)
    text = re.sub(r"¶(?: ?¶)+", "¶", text)
    return text.replace("<em><strong>", "<strong><em>").replace("</strong></em>", "</em></strong>").replace("¶", " ¶ ").strip(" ¶")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: Mapping[str, str | None] = dict(attrs)
        if tag == "input":
            self.seen.append("☑" if "checked" in given else "☐")
        elif tag in _PLAIN:
            self.seen.append("¶" if tag == "p" else "")
        else:
            more = [value for name in ("href", "src", "start") if (value := given.get(name)) and value != "1"]
            self.seen.append(f"<{' '.join([tag, *more])}>")

    def handle_endtag(self, tag: str) -> None:
        self.seen.append("" if tag in (*_PLAIN, *_EMPTY) else f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


class _Plain(yaml.SafeDumper):
    """Texts of several lines as blocks."""


_Plain.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None))


def written_down(snippet: Mapping[str, str]) -> dict[str, object]:
    """A snippet with what is true of it today."""
    text = snippet["pasted"]
    fixed = "\n".join(line for line in faults_in(text)[1] if line is not None)
    more = {"fixed": fixed} if fixed != text else {}
    return {"what": snippet["what"], "pasted": text, "github": on_github(text), "site": on_site(text), "told": told_of(text), **more}


if __name__ == "__main__":
    entries = [written_down(snippet) for snippet in read_snippets()]
    remark = re.match(r"(?:#.*\n)*", SNIPPETS.read_text("utf-8"))
    SNIPPETS.write_text((remark.group() if remark else "") + yaml.dump(entries, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=10_000), "utf-8")
