"""Rule: what was pasted, or is nearly Markdown, is shown on the site as it looks where it was typed.

Owns: what GitHub's preview or Word shows as it was meant and this site would not, and each line as it should be where there is one reading, which
``make fix`` writes. Never: changes a file, or looks into examples of code. Lists are followed as in CommonMark 0.31, sections 5.2 and 5.3.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from macros.content.catalogue import Catalogue
from macros.models.base import MONTHS
from macros.problems import Problem
from macros.settings import written_settings
from macros.sources.files import line_at
from macros.sources.kept import Remembered
from macros.sources.pages import blank_code, blanks_for
from macros.sources.pasted_tables import pasted_tables

Match = re.Match[str]
_QUOTE = re.compile(r"(?: {0,3}> ?)*")
_BULLET = re.compile(
    r"([ \t]*)([•▪‣◦●○■□◆►▶➢➤❖✓✔⁃∙\uf0a0-\uf0ff]|&(?:bull|middot|#8226|#183);|·(?=[ \t])|[–—o§](?=[ \t])|[lnquvØü](?=\t))[ \t]*(?=\S)"
)  # of Wingdings, letters
_ITEM = re.compile(r"([ \t]*)([-*+]|[0-9]{1,9}[.)])[ \t]+(?=\S)")
_EMPTY_ITEM = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]*\Z")
_NEARLY_ITEM = re.compile(r" {0,3}(?:(-|[0-9]{1,2}\.)(?=[^\W\d_])|(\(?(?:[a-z0-9]|[ivx]{1,4})\))[ \t]|((?:[a-z]|[ivx]{1,4})\.)[ \t])")
_HEADING = re.compile(r" {0,3}#{1,6}(?!#)")
_DASHES = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*\Z")
_BELOW_HEADING = re.compile(r"(?=.*\|)[ \t]*[|:-][|: \t-]*\Z")
_BOX = re.compile(r" *(?:!!!|\?\?\?\+?|===) ")
_BRACES = re.compile(r"\{\{[^\n]*?(?:\}\}|$)", re.MULTILINE)
_NO_LINK = re.compile(r"\]\([^()\n]*\)|^[ \t>]*\[[^\]\n]+\]:.*|!?\[[^\]\n]*\](?=\()", re.MULTILINE)
_NO_EMPHASIS = re.compile(r"\\.|\]\([^()\n]*\)|<[^<>\n]*>|(?:https?://|www\.)\S+|^[ \t>]*\[[^\]\n]+\]:.*|^[ \t]*[|:\- ]+$", re.MULTILINE)
_STARS = re.compile(r"(\*{1,3})(?=[^\s*])([^*]*?(?<=[^\s*]))\1")
_UNDERSCORES = re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])(.{1,500}?)(?<=[^\s_])\1(?!\w)", re.DOTALL)
_LEFT_OVER = re.compile(r"\*+(?=[^\s*])|(?<=[^\s*])\*+|(?<![\w_])_+(?=\w)|(?<=\w)_+(?![\w_])")
_BETWEEN_SIGNS = re.compile(r"(\*{1,2}|_{1,2})( *)([^*_\n]+?)( *)\1(?![*_])")
_CURLY_SETTING = re.compile(r"(?:(?<=: )|(?<=- )|(?<=\[)|(?<=, ))(?:“([^“”\"\\\n]*)”|‘([^‘’\"\\\n]*)’)(?=[ \t]*$|[ \t]*[,\]])", re.MULTILINE)


class Fault(NamedTuple):
    """What is wrong in a line (an index), how to fix it, and what was done to it where the fix is certain."""

    line: int
    says: str
    fix: str
    done: str = ""


class _Form(NamedTuple):
    """What a page must not hold within a line: what every page with it has, how it looks, what is said and done, and what takes its place."""

    hint: str
    looks: re.Pattern[str]
    says: str
    fix: str
    done: str = ""
    instead: Callable[[Match], str] = lambda match: match.group()


_ESCAPED = {"<": "&lt;", "&": "&amp;", "~": "&#126;"}
_ADDRESS = r"(?<![\w(<\[/.@=\"'])((?:https?://%s)[\w-]+(?:\.[\w-]+)+[^\s<>|]*[^\s<>|.,;:!?)*_'\"”’])"
_FORMS = (
    _Form("~~", re.compile(r"~~[^~\s][^~\n]*~~"), "Words between ~~ are struck through on GitHub and not on the site.", "Delete the words, or the signs."),
    _Form(
        "[",
        re.compile(r"^[ \t>]*(?:[-*+]|[0-9]+[.)])[ \t]+\[[ xX]\][ \t]", re.MULTILINE),
        "An entry that begins with [ ] has a box to tick on GitHub and none on the site.",
        "Delete the brackets, or say in words what is done.",
    ),
    _Form(
        "[!",
        re.compile(r"^[ \t>]*>[ \t]*\[!\w+\]", re.MULTILINE),
        "This makes a coloured box on GitHub and a quotation on the site.",
        "Begin a box with !!! note and set its text four blanks to the right below it.",
    ),
    _Form(
        "\\",
        re.compile(r"(?<!\\)\\(?=\n[ \t>]*[^\s>])"),
        "A backslash at the end of a line breaks the line on GitHub and is shown on the site.",
        "End the line with two blanks in its place.",
        "a backslash became a line break",
        lambda _: "  ",
    ),
    _Form(
        "\\",
        re.compile(r"(?<!\\)\\([~&<=\"'/:;,?@%$^])"),
        "The backslash before {} would be shown on the site.",
        "Delete the backslash.",
        "a backslash that would be shown was taken out",
        lambda match: _ESCAPED.get(match[1], match[1]),
    ),
    _Form(
        "://",
        re.compile(_ADDRESS % ""),
        "The address {} is a link on GitHub and none on the site.",
        "Write [words that say where it leads](address).",
        "an address was put between < and >, which makes it a link",
        lambda match: f"<{match[1]}>",
    ),
    *(
        _Form(hint, re.compile(looks, re.MULTILINE), f"{signs} would be shown here as it was typed.", fix)
        for hint, signs, looks, fix in (
            ("???", "???", r"^[ \t>]*\?\?\?\+? \w", "Write !!! in its place: the box is open then."),
            ("===", '=== "', r'^[ \t>]*=== "', "Write a heading in place of each tab."),
            ("==", "==…==", r"==[^\s=][^=\n]*==", "Write **words** to set them off."),
            ("{", "{…}", r"\{:? ?(?:\.md-button|(?<= )#\w|width=|height=|loading=)[^{}\n]*\}", "Delete the braces and what is in them."),
            (":", "The name of an icon between colons", r":(?<![\w/.:]:)[a-z][a-z0-9_+-]*:(?![\w/:])", "Say it in words."),
            ("--8<--", "--8<--", "^[ \t>]*-+8<-+", "Put what several pages show into data/, and name it by a word."),
        )
    ),
    _Form(
        "www.",
        re.compile((_ADDRESS % "").replace("https?://", r"www\.")),
        "The address {} is a link on GitHub and none on the site.",
        "Write [words that say where it leads](https://address).",
    ),
)
# Signs that are shown as they were typed unless the settings list a Markdown extension.
_SHOWN_WITH = {
    "pymdownx.tilde": "~~", "pymdownx.tasklist": "[ ]", "pymdownx.details": "???", "pymdownx.tabbed": '=== "', "pymdownx.mark": "==…==", "attr_list": "{…}",
}  # fmt: skip
_NO_BREAK = re.compile("[\u00a0\u2007\u202f]")
_HAS_DATE = re.compile(r"[0-9] ?[/.-] ?[0-9]{1,2} ?[/.-] ?[0-9]")
_NAME_OF_SETTING = re.compile(r"[ -]*(?:\w+: *)?[\"']?\Z")
_DATE = re.compile(
    r"(?<![\w/.])(?<!\d-)(\d{1,2})( ?/ ?|[.-])(\d{1,2})\2((?:19|20)\d\d|(?<=/)\d\d|(?<=/ )\d\d|(?<=\d\d[.-]\d\d[.-])\d\d)(?![\w/]|\.\d|-\d+(?![\d/]))"
)


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """What was pasted from Word, a letter or a web page, and what GitHub's preview shows right and this site would not: lists and tables without a
    blank line above, other signs for a list, emphasis that does not close, no-break spaces, bare addresses, curly quotation marks around settings,
    dates that can be read in two ways."""
    given = {setting.name for setting in written_settings(catalogue.root)}
    shown = [sign for extension, sign in _SHOWN_WITH.items() if f"markdown_extensions.{extension}" in given]
    for page in catalogue.pages.values():
        for fault in faults_in(page.source.body)[0]:
            if not any(sign in fault.says for sign in shown):
                yield page.problem(page.source.body_line + fault.line, fault.says, fault.fix)
    for file, text in catalogue.texts.items():
        settings = text if file.endswith(".yml") else text.partition("\n---\n")[0] if file.endswith(".md") else ""
        for match in _CURLY_SETTING.finditer(settings) if "“" in settings or "‘" in settings else ():
            says = f"{match.group()[:40]} stands in curly quotation marks, which would be shown."
            yield Problem(file, line_at(text, match.start()), says, 'Type straight ones (") or none; around marks that are meant, put straight ones.')
        settings = text if file.endswith(".csv") else settings
        for match, says, fix in _either(settings) if _HAS_DATE.search(settings) else ():
            before, after = settings[: match.start()].rpartition("\n")[2], settings[match.end() :].partition("\n")[0]
            alone = (before[-1:] + after[:1]).strip(',"') if file.endswith(".csv") else _NAME_OF_SETTING.sub("", before) + after.strip("\"' ")
            if alone:  # where it is all that a setting or cell holds, its type asks for another form
                yield Problem(file, line_at(text, match.start()), says, fix)


def straight_settings(line: str) -> str:
    """A line of settings whose values stand in straight quotation marks."""
    return _CURLY_SETTING.sub(lambda match: f'"{match[1] or match[2] or ""}"', line)


@Remembered
def faults_in(body: str) -> tuple[tuple[Fault, ...], tuple[str | None, ...]]:
    """What is wrong in a page's Markdown, and all its lines with what is certain put right; one of them may have become several, or nothing."""
    tables, bare = list(pasted_tables(body)), body
    for table in tables:
        bare = bare[: table.start] + re.sub(r"[^\n]", " ", bare[table.start : table.end]) + bare[table.end :]
    look = _Look(bare)
    look.at_forms(bare)
    look.at_lines()
    lines, fixed = body.split("\n"), list[str | None](look.fixed)
    for table in tables:
        first, last = line_at(body, table.start) - 1, line_at(body, table.end) - 1
        alone = not (bare[: table.start].rpartition("\n")[2].strip() or bare[table.end :].partition("\n")[0].strip())
        if table.markdown and alone:
            says, fix = "A table from Word, Excel or a web page stands here, which the site would not show as one.", "Run: make fix."
            look.faults.append(Fault(first, says, fix, "a pasted table was written as one of Markdown, its first row as the heading"))
            above, below = (not 0 <= at < len(lines) or not lines[at].strip() for at in (first - 1, last + 1))
            fixed[first : last + 1] = ["\n" * (not above) + table.markdown + "\n" * (not below), *[None] * (last - first)]
        else:
            says = "This table from Word or a web page has merged cells, lists or signs in its cells, a single row, or text beside it."
            look.faults.append(Fault(first, says, "Make it plain in Word and paste it again; or add it as a table of its own to data/tables/."))
            fixed[first : last + 1] = lines[first : last + 1]
    return tuple(sorted(set(look.faults))), tuple(fixed)


class _Item(NamedTuple):
    """An open entry of a list: how far to the right its sign and its words begin, and whether it is numbered."""

    indent: int
    words: int
    numbered: bool


class _Look:
    """One look at a page, with the lists that are open at a line and the block of lines, without a blank one between them, that the line is in."""

    def __init__(self, body: str) -> None:
        self.faults: list[Fault] = []
        self.shown = _BRACES.sub(lambda match: "x" * len(match.group()), blank_code(body)).split("\n")  # what is no word is told elsewhere
        self.lines = _NO_BREAK.sub(" ", body).split("\n") if _has_no_break(body) else body.split("\n")
        self.fixed = [*self.lines]
        self.open: list[_Item] = []
        self.paragraph: list[int] = []  # the lines in which emphasis may open and close
        self.first, self.kind = 0, ""  # where the block begins, and whether it is text, a list, a table, a line, or there is none
        self.depth = self.shift = self.quoted = self.base = 0
        self.signs: list[str] = []
        self.told: set[str] = set()

    def _tell(self, at: int, says: str, fix: str, done: str = "") -> None:
        """Tells a fault, the same one once in a block: a list of thirty entries has one mistake."""
        if fix not in self.told:
            self.faults.append(Fault(at, says, fix, done))
        self.told.add(fix)

    def _apart(self, at: int, what: str, below: str, tell: bool = True) -> None:
        """Tells that something begins where the site wants a blank line above it, and puts one there."""
        if tell:
            says = f"{what[0].upper()}{what[1:]} begins straight below {below}, so the site would not show it as one."
            self._tell(at, says, "Leave a blank line between the two.", f"a blank line was put above {what}")
        self.fixed[at] = f"{min(map(_quote, self.lines[at - 1 : at + 1]), key=len).rstrip()}\n{self.fixed[at]}"
        self._begin(at, "")

    def _begin(self, at: int, kind: str) -> None:
        """Ends the block above, and begins one of a kind."""
        self._end_paragraph()
        self.first, self.kind, self.depth, self.shift, self.signs = at, kind, len(self.open), 0, []
        self.told = set()

    def at_forms(self, body: str) -> None:
        text, edits = "\n".join(self.shown), []
        if _has_no_break(body):
            says, fix = "A no-break space stands here, which looks like a blank and is none.", "Type an ordinary blank, or &nbsp; where no line may break."
            self.faults += [Fault(line_at(text, m.start()) - 1, says, fix, "no-break spaces were made ordinary blanks") for m in _NO_BREAK.finditer(text)]
        linked = _NO_LINK.sub(blanks_for, text) if _HAS_DATE.search(text) or "://" in text or "www." in text else text
        for form in _FORMS:
            for match in form.looks.finditer(linked if "." in form.hint or "/" in form.hint else text) if form.hint in text else ():
                says = form.says.format(match[1][:60]) if "{}" in form.says else form.says
                self.faults.append(Fault(line_at(text, match.start()) - 1, says, form.fix, form.done))
                edits += [(match.start(), match.end(), form.instead(match))] if form.done else []
        for match, says, fix in _either(linked) if _HAS_DATE.search(text) else ():
            self.faults.append(Fault(line_at(text, match.start()) - 1, says, fix))
        if edits:
            body = "\n".join(self.fixed)
            for start, end, new in sorted(edits, reverse=True):
                body = body[:start] + new + body[end:]
            self.fixed = body.split("\n")

    def at_lines(self) -> None:
        for at, line in enumerate(self.lines):
            shown = self.shown[at]
            if not (bare := line.lstrip(" \t>").strip()) or (shown != line and not shown.strip() and (bare[0] != "`" or bare.startswith("```"))):
                if self.kind:
                    self._begin(at, "")
                self.quoted = line.count(">") if not bare else 0  # what else is not shown is an example of code
                continue
            quote = _quote(line)
            if (depth := quote.count(">")) > self.quoted:
                if self.kind in ("list", "table") and line[0] != " ":
                    self._apart(at, "a quotation", f"a {self.kind}")
                self.open = []
                self._begin(at, "")
            self.quoted = depth if not self.kind else max(depth, self.quoted)
            rest = line[len(quote) :]
            if (indent := _width(rest)) < self.base:
                self.base = 0
            if indent - self.base < 4 or self.kind or self.open:  # else it is an example of code
                self._line(at, quote, rest, indent - self.base)
        self._end_paragraph()

    def _line(self, at: int, quote: str, rest: str, indent: int) -> None:
        if (head := rest.lstrip()[0]).isalnum() and not (head.isdigit() or head in "lnoquvØü" or rest[1:2] in ".)"):
            self._text(at, quote, rest, indent)
        elif _BOX.match(rest):
            self._begin(at, "")
            self.base, self.open = indent + self.base + 4, []
        elif _DASHES.match(rest):
            self._dashes(at, quote, rest)
        elif _HEADING.match(rest) and not (indent and self.open):
            if self.kind == "table":
                self._apart(at, "a heading", "a table")
            self._begin(at, "")
            self.open, self.paragraph = [], [at]
            if indent:
                says = "A heading stands to the right of the line's beginning, so the site would show its number signs."
                self._tell(at, says, "Delete the blanks before it.", "the blanks before the heading were taken out")
                self.fixed[at] = quote + self.fixed[at][len(quote) :].lstrip()
            self._end_paragraph()
        elif _EMPTY_ITEM.match(rest):
            self._tell(at, "An entry of a list has no words, and the site and GitHub show different things for it.", "Write them, or delete the line.")
        elif (found := self._bullet(at, rest)) or ((found := _ITEM.match(rest)) and not _BELOW_HEADING.match(rest)):
            self._entry(at, quote, found, indent)
        else:
            self._text(at, quote, rest, indent)

    def _bullet(self, at: int, rest: str) -> Match | None:
        """Another program's sign for an entry. Some are words and dashes too: they are signs before a tab, or one below the other."""
        found = _BULLET.match(rest)
        if found and found[2] in "–—o§lnquvØü" and "\t" not in found.group()[len(found[1]) :]:
            beside = map(_BULLET.match, [*self.lines[max(0, at - 1) : at], *self.lines[at + 1 : at + 2]])
            return found if any(other and other[2] == found[2] for other in beside) else None
        return found

    def _entry(self, at: int, quote: str, found: Match, indent: int) -> None:
        sign, pasted = found[2], found[2] not in "-*+" and not found[2][0].isdigit()
        numbered, below_quotation = sign[-1] in ".)", bool(self.kind) and quote.count(">") < self.quoted
        in_text = self.kind not in ("", "line", "list") or below_quotation
        if in_text and numbered and int(sign[:-1]) != 1 and self.kind != "table" and not self.open and not below_quotation:
            return self._text(at, quote, found.string, indent)  # nobody takes 2. inside a paragraph for a list
        words, begins = self.fixed[at][len(quote) + found.end() :], self.kind != "list" or in_text
        if pasted:
            self.signs += [] if sign in self.signs else [sign]
            indent = 4 * self.signs.index(sign) if len(self.signs) > 1 else indent
            says = f'The line begins with "{sign}", which makes no list.' if sign < "\ue000" else "The line begins with a sign of Word, which makes no list."
            self._tell(at, says, "Begin each entry with a dash and a blank, with a blank line above the first.", "another program's sign became a dash")
        elif sign[-1] == ")":
            fix, done = "Write a full stop in place of the bracket, as in 1. and 2.", "a full stop took the place of the bracket"
            self._tell(at, f'"{sign}" makes no list on the site.', fix, done)
        signs, told, last = self.signs, self.told, None
        while self.open and indent < self.open[-1].words:
            last = self.open.pop()
        depth = wanted = len(self.open)
        wanted = indent
        if indent // 4 != depth and depth and not pasted and indent - self.open[-1].words < 4:
            wanted = 4 * depth
            says = f"The entry begins {indent} blanks to the right, so the site would not put it into the entry above."
            self._tell(at, says, f"Set it {wanted} blanks to the right.", f"the entry was set {wanted} blanks to the right")
        if pasted or sign[-1] == ")" or wanted != indent:
            self.fixed[at] = f"{quote}{' ' * (wanted + self.base)}{'-' if pasted else sign.replace(')', '.')} {words}"
        if in_text:
            self._apart(at, "a list", "a quotation" if below_quotation else "a table" if self.kind == "table" else "text", not pasted)
            self.quoted = quote.count(">")
        elif last and last.numbered != numbered and not begins and indent != last.indent:
            fix = "Leave a blank line between the two lists, or set the entry four blanks to the right if it belongs to the one above."
            self._tell(at, "A list of another kind begins straight below, so the site would show its sign.", fix)
        elif not begins and ((last and last.numbered != numbered) or depth < self.depth):
            self._apart(at, "the entry", "one of another kind" if depth >= self.depth else "a list inside the one before")
        if self.kind in ("", "line"):
            self._begin(at, "list")
            self.depth, self.signs, self.told = depth, signs, told
        self._end_paragraph()
        self.paragraph = [at]
        width = len(found.group().expandtabs(4)) - self.base
        self.open.append(_Item(indent, indent + 2 if pasted else width if width - indent - len(sign) < 5 else indent + len(sign) + 1, numbered))
        return None

    def _text(self, at: int, quote: str, rest: str, indent: int) -> None:
        if self.kind in ("", "line"):
            while self.open and indent < self.open[-1].words:
                self.open.pop()
            self._begin(at, "text")
            if self.depth and indent // 4 < self.depth:
                wanted = 4 * self.depth
                self.shift = 0 if rest.lstrip().startswith(("```", "~~~")) else wanted
                says = f"The paragraph begins {indent} blanks to the right, so the site would not keep it in the list."
                self._tell(at, says, f"Set it {wanted} blanks to the right.", f"the paragraph was set {wanted} blanks to the right" if self.shift else "")
        if self.shift:
            self.fixed[at] = f"{quote}{' ' * (self.shift + self.base)}{self.fixed[at][len(quote) :].lstrip()}"
        if self.kind != "table" and at > self.first and _BELOW_HEADING.match(rest) and "|" in self.lines[at - 1]:
            heading = self.lines[at - 1][len(quote) :].strip()
            if rest.lstrip()[0] == "|" != heading[0]:
                says = "The line below the heading of a table begins with an upright bar, and the heading does not, so the site would show both."
                self._tell(at - 1, says, "Begin and end the heading with one.", "upright bars were put around the heading of a table")
                self.fixed[at - 1] = f"{quote}| {heading} |"
            if at - 1 > self.first:
                self._apart(at - 1, "a table", "text")
            self.kind, self.paragraph = "table", []
        elif self.kind == "text" and at > self.first and rest.lstrip()[0] == "|" == self.lines[at - 1][len(quote) :].strip()[:1]:
            says = "Lines with upright bars stand one below the other without the line of dashes that makes them a table."
            self._tell(at, says, "Below the first of them, write a line such as | --- | --- |, with a part for each column.")
        if self.kind == "table":
            self._end_paragraph()
        nearly, above = _NEARLY_ITEM.match(rest), _NEARLY_ITEM.match(self.lines[at - 1][len(quote) :]) if at > self.first else None
        if nearly and above and nearly.lastindex == above.lastindex:
            says = "Lines one below the other begin with signs that make no list, so the site would show them as one paragraph."
            self._tell(at, says, "Begin each with a dash and a blank, or with 1. and a blank, and leave a blank line above the first.")
        self.paragraph.append(at)

    def _dashes(self, at: int, quote: str, rest: str) -> None:
        if "-" in rest and (self.kind in ("list", "line", "table") or (self.kind and quote.count(">") < self.quoted)):
            self._apart(at, "a line of dashes", f"a {self.kind if self.kind != 'text' else 'quotation'}")
        elif "-" in rest and self.kind and at - self.first > 1:
            says = "Dashes straight below a paragraph make it a heading on GitHub, and a line on the site."
            self._tell(at, says, "Leave a blank line above the dashes for a line; begin a heading with ## and a blank.")
        self.open = []
        self._begin(at, "line")

    def _end_paragraph(self) -> None:
        """Tells signs of emphasis that do not find each other within the paragraph, the entry, the heading or the row that ends here."""
        lines, self.paragraph = self.paragraph, []
        if not any("*" in self.shown[at] or "_" in self.shown[at] for at in lines):
            return
        text = "\n".join(self.shown[at] for at in lines)
        written = "\n".join(self.lines[at] for at in lines)  # words in an example of code are words to the signs around them
        if "`" in written:
            text = "".join("x" if here == " " != there else here for here, there in zip(text, written, strict=True))
        text = _NO_EMPHASIS.sub(blanks_for, _ITEM.sub(blanks_for, text, count=1) if _ITEM.match(text) else text)
        for looks in (_STARS, _UNDERSCORES):
            for _ in range(6):  # emphasis in emphasis, as deep as anybody writes it
                text = looks.sub(lambda m: f"{'x' * len(m[1])}{m[2]}{'x' * len(m[1])}", text)
        if not (left := list(_LEFT_OVER.finditer(text))):
            return
        at = lines[text.count("\n", 0, left[0].start())]
        line, start = self.fixed[at], left[0].start() - text.rfind("\n", 0, left[0].start()) - 1
        around = (m for m in _BETWEEN_SIGNS.finditer(line) if (m[2] or m[4]) and m.start() <= start < m.end())
        inner = next(around, None) if len(left) < 3 and line == self.lines[at] else None
        if inner:
            self.fixed[at] = f"{line[: inner.start()]}{inner[2]}{inner[1]}{inner[3]}{inner[1]}{inner[4]}{line[inner.end() :]}"
        says = f'"{left[0].group()}" opens or closes no emphasis here, so it would be shown as it is.'
        fix = f"Put it straight before and straight after the words, as in **words**, or write \\{left[0].group()[0]} for the sign itself."
        self._tell(at, says, fix, "blanks were moved out of the signs of emphasis" if inner else "")


def _either(text: str) -> Iterator[tuple[Match, str, str]]:
    """Each date that may be one of two, what is said of it, and how to fix it."""
    for match in _DATE.finditer(text):
        day, month = int(match[1]), int(match[3])
        if 0 < day <= 12 and 0 < month <= 12 and day != month:
            either = f"{day} {MONTHS[month - 1]} or {month} {MONTHS[day - 1]}"
            yield match, f'"{match.group()}" may be {either}.', f"Write the month as a word and the year in full: {either}."


def _has_no_break(text: str) -> bool:
    return "\u00a0" in text or "\u202f" in text or "\u2007" in text


def _quote(line: str) -> str:
    return _QUOTE.match(line).group() if ">" in line else ""  # type: ignore[union-attr]  # it matches nothing, too


def _width(text: str) -> int:
    """How far to the right a line begins, in blanks."""
    return len(whole := text.expandtabs(4)) - len(whole.lstrip()) if text[0] in " \t" else 0
