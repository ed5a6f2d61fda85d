"""Stylesheets without what no page needs: of the theme's the rules that no page of the site can use, of the site's own comments and blanks.

Owns: what may be left out, going by the tags of finished pages, which Markdown, data and templates write.
A rule stays wherever it is not certain that it cannot apply. Never: changes a rule, or leaves out a rule of the site's own.
"""

import re
from collections.abc import Iterable, Iterator

import tinycss2  # type: ignore[import-untyped]  # it has no types
from tinycss2 import ast

TAG, WORD = re.compile(r"<[a-zA-Z][^<>]*>"), re.compile(r"[\w-]+")
SAID = re.compile(r'(?<= )(alt|aria-label|content|data-label|href|title)="[^"]*"')  # what these hold are texts and addresses, whose words name no style
_ASKED = re.compile(r"var\(\s*(--[\w-]+)")
_PROPERTY = re.compile(r"(?<=[{;])(--[\w-]+):(?:\"(?:[^\"\\]|\\.)*\"|url\([^)\"']*\)|[^;{}\"'])*;?")  # tinycss2 writes every text in double quotes
_SPARE = re.compile(r"""("(?:[^"\\]|\\.)*")|/\*.*?\*/|\s*;\s*(?=})|\s*([{};,])\s*|(?<=:)\s+""", re.DOTALL)
_GROUPS = ("media", "supports", "layer", "container")  # rules that hold rules
_BOXES = {"admonition", "admonition-title", "details", "summary"}  # site.css says all of how they look; it does so of tables, which all have a class


def packed(css: str) -> str:
    """A stylesheet without its comments, and without blanks where they mean nothing."""
    return _SPARE.sub(lambda found: found[1] or found[2] or "", css)


def used_styles(css: str, words: set[str], others: str) -> str:
    """The stylesheet without rules for elements, classes, ids or attributes that are not among ``words`` (those of the tags of every page, and of every script,
    which may put in a tag), without those for boxes, and then without movements and custom properties that neither it nor ``others`` ask for.
    """
    css = "".join(_kept_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), words - _BOXES))
    moves = set(WORD.findall(" ".join(re.findall(r"animation(?:-name)?:([^;}]*)", css + others))))
    before, css = "", re.sub(r"@keyframes ([\w-]+){(?:[^{}]*{[^{}]*})*}", lambda found: found[0] if found[1] in moves else "", css)
    while css != before:  # one property may be the value of another
        before, asked = css, set(_ASKED.findall(css + others))
        css = _PROPERTY.sub(lambda found: found[0] if found[1] in asked else "", css)  # noqa: B023  (called at once)
    return css


def _kept_rules(rules: Iterable[ast.Node], words: set[str]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, ast.QualifiedRule):
            kept = [one for one in _selectors(rule.prelude) if _needed(one) <= words and "table:not([class])" not in tinycss2.serialize(one)]
            if kept:
                yield f"{','.join(tinycss2.serialize(selector).strip() for selector in kept)}{{{tinycss2.serialize(rule.content)}}}"
        elif isinstance(rule, ast.AtRule) and rule.lower_at_keyword in _GROUPS and rule.content is not None:
            inside = "".join(_kept_rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), words))
            if inside:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inside}}}"
        else:
            yield rule.serialize()


def _selectors(prelude: list[ast.Node]) -> Iterator[list[ast.Node]]:
    selector: list[ast.Node] = []
    for node in prelude:
        if isinstance(node, ast.LiteralToken) and node.value == ",":
            yield selector
            selector = []
        else:
            selector.append(node)
    yield selector


def _needed(selector: list[ast.Node]) -> set[str]:
    """The words without which a selector finds nothing. What stands in the brackets of :is, :not and the like is not asked for: it may be one of several."""
    needed: set[str] = set()
    before: ast.Node | None = None
    for node in selector:
        is_state = isinstance(before, ast.LiteralToken) and before.value == ":"  # or ::, such as :hover and ::before
        if isinstance(node, ast.SquareBracketsBlock):
            needed |= {
                part.value for part in node.content if isinstance(part, ast.IdentToken | ast.StringToken) and WORD.fullmatch(part.value) and part.value != "i"
            }
        elif isinstance(node, ast.IdentToken | ast.HashToken) and not is_state and WORD.fullmatch(node.value):
            needed.add(node.value)
        before = None if isinstance(node, ast.FunctionBlock) else node
    return needed
