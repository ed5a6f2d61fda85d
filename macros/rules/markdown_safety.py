"""Rule: a page is Markdown, not HTML."""

import re
from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.problems import Problem, nearest
from macros.sources.files import line_at
from macros.sources.kept import Remembered
from macros.sources.pages import blanks_for
from macros.sources.pasted_tables import HTML_TABLE
from macros.sources.words import WORD

_TAG = re.compile(r"<(?:[a-zA-Z/][^\n<>]*>?|!--|[!?][^\n<>]*>?)")
_AUTOLINK = re.compile(r"<https?://[^\s<>]+>")
_MAILBOX = re.compile(r"<[\w.+-]+@[\w.-]+>\Z")
# The boxes that there are: any other word would become a class of the site's own, which can hide text or look urgent.
BOXES = ("note", "abstract", "info", "tip", "success", "question", "warning", "failure", "danger", "bug", "example", "quote")
_BOX = re.compile(r"^[ \t>]*(?:!!!|\?\?\?\+?)[ \t]*([^\s\"]*)[ \t]*([^\n\"]*)", re.MULTILINE)
_ATTRIBUTES = re.compile(r"\{:?\s*\.[\w-]|\{\s+#[\w-]|\{:|\{[^{}\n]*\bon\w+\s*=", re.IGNORECASE)
# With the extension attr_list: an address of one's own, the look of a button, the room of a picture.
_HARMLESS = re.compile(r"\{:?[ \t]*(?:(?:#[a-z][\w-]*|\.md-button(?:--primary)?|(?:width|height)=\"?[0-9]{1,4}\"?|loading=\"?lazy\"?)[ \t]*)+\}")
_H1 = re.compile(r"^(?:[ \t]*+(?:>|(?:[*+-]|[0-9]++\.)(?=[ \t])))*+[ \t]*+(?:#(?!#)|=+[ \t]*$)", re.MULTILINE)
_OPEN_CODE = re.compile(r"`[^\n]*|^~~~[^\n]*", re.MULTILINE)


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """No HTML tags, no attributes in braces, no second page heading (the title is the heading), and examples of code that close."""
    for page in catalogue.pages.values():
        for position, says, fix in _found_in(page.source.prose, page.meta.render_macros):
            yield page.problem(page.line_at(position), says, fix)


@Remembered
def _found_in(text: str, words_are_answered: bool) -> tuple[tuple[int, str, str], ...]:
    """Each place in a page's Markdown that is no Markdown, what is wrong with it, and how to fix it.

    Addresses in angle brackets are left out, and words where they are answered and not shown.
    """
    text = HTML_TABLE.sub(lambda table: re.sub(r"[^\n]", " ", table.group()), text)  # told once, as what was pasted
    prose = _AUTOLINK.sub(blanks_for, WORD.sub(blanks_for, text) if words_are_answered else text)
    found = []
    tags = {line_at(prose, match.start()): match for match in reversed(list(_TAG.finditer(prose)))}  # the first of each line
    for match in tags.values():
        says, fix = f'"{match.group()[:30]}" is HTML, which a page cannot hold.', "Write Markdown instead. For a smaller-than sign write &lt;."
        if _MAILBOX.match(match.group()):
            says, fix = "An e-mail address in a page is not checked.", 'Keep it in data/contacts.yml and write {{ contact("partnership") }} with its id.'
        found.append((match.start(), says, fix))
    for match in _BOX.finditer(prose):
        if match.group(1) and (match.group(1) not in BOXES or match.group(2).strip()):
            says = f'There is no box of the kind "{" ".join(match.groups()).strip()[:40]}".' + nearest(match.group(1), BOXES)
            found.append((match.start(), says, f'Write one of: {", ".join(BOXES)}. Its title goes in double quotes: !!! note "Mind the kites".'))
    for match in _ATTRIBUTES.finditer(prose):
        if not _HARMLESS.match(prose, match.start()):
            fix = "Delete the braces and what is in them; only #an-id, .md-button, width, height and loading=lazy may stand there."
            found.append((match.start(), f'"{match.group()[:30]}…" sets an attribute in braces.', fix))
    if heading := _H1.search(prose):  # one number sign, or a line of equals signs, which makes a heading of the line above it
        says = "The page has a second main heading; its title is the first."
        found.append((heading.start(), says, "Begin the heading with ## and a blank."))
    for match in _OPEN_CODE.finditer(prose):  # where code seems to begin and does not, what follows would be shown as something else
        says, fix = "A backtick opens an example of code that does not close on this line.", "Close it with a backtick, or delete the backtick."
        if match.group().startswith(("```", "~~~")):
            says = f'"{match.group()[:30]}" begins an example of code that does not close.'
            fix = "Write the three signs on a line of their own above and below, after the upper ones no more than a language."
        found.append((match.start(), says, fix))
    return tuple(found)
