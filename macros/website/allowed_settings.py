"""Which settings of mkdocs.yml work, which have their home elsewhere, and which cannot work here.

Owns: the three lists, and saying so before anything is built: no setting is ignored in silence. CONTRIBUTING.md prints
the lists, and a test holds the two together. Never: reads a setting in the place of MkDocs; mkdocs.yml is looked at only for what is written there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml
from mkdocs.config.defaults import MkDocsConfig

from macros.problems import Problem

GATE = "macros.website.gate.Gate"
WORKS: Mapping[str, str] = {
    "site_name": "titles, foot, feeds and calendars",
    "site_url": "canonical addresses, the map of the site, feeds; a path is kept",
    "site_description": "what MkDocs knows the site by; each page has a description of its own",
    "site_author": "named in the head of each page",
    "copyright": "at the foot of each page",
    "repo_url": "links to change a page or begin a new entry",
    "edit_uri": "the folder of those links, relative to docs/",
    "edit_uri_template": "the same as a pattern",
    "site_dir": "for mkdocs build; make build writes into site/",
    "strict": "a warning stops the build",
    "dev_addr": "where mkdocs serve shows the site",
    "watch": "folders that the preview watches",
    "validation": "how strictly MkDocs reads links",
    "extra_css": "after the site's own stylesheet",
    "extra_javascript": "at the end of each page, from this site only",
    "markdown_extensions": "those below",
    "plugins": "website, then macros",
    "extra": "social",
    "theme": "those below",
    "use_directory_urls": "true",
    "docs_dir": "docs",
    "theme.name": "material",
    "theme.custom_dir": "overrides, whose layouts extend Material's",
    "theme.logo": "in the header",
    "theme.favicon": "in the browser's tab",
    "theme.font": "false: pages use the reader's own fonts",
    "theme.language": "the language of pages and of Material's own words; en-GB is British English",
    "theme.direction": "ltr or rtl",
    "theme.palette": "primary and accent, as the site's own colours; one palette",
    "theme.palette.primary": "header and marks",
    "theme.palette.accent": "links",
    "theme.palette.scheme": "default: dark and light follow the reader's device",
    "extra.social": "icons with links at the foot of each page",
    "plugins.website": "the site's own, without settings",
    "plugins.macros": "answers the words in pages",
    "plugins.macros.modules": "[macros]",
    "plugins.macros.j2_extensions": f"[{GATE}]: the gate inside the template engine",
    "plugins.macros.on_undefined": "strict",
    "plugins.macros.on_error_fail": "true",
    "markdown_extensions.admonition": "boxes",
    "markdown_extensions.attr_list": "{ #an-id }, { .md-button }, { width=300 }; other attributes are refused, as they can hide text or run scripts",
    "markdown_extensions.def_list": "lists of terms",
    "markdown_extensions.footnotes": "footnotes",
    "markdown_extensions.sane_lists": "lists that end where they seem to",
    "markdown_extensions.tables": "tables",
    "markdown_extensions.fenced_code": "examples of code",
    "markdown_extensions.toc": "headings with addresses",
    "markdown_extensions.pymdownx.betterem": "emphasis inside words",
    "markdown_extensions.pymdownx.caret": "^^inserted^^ and raised^text^",
    "markdown_extensions.pymdownx.details": "boxes that open",
    "markdown_extensions.pymdownx.keys": "keys of a keyboard",
    "markdown_extensions.pymdownx.mark": "==marked==",
    "markdown_extensions.pymdownx.smartsymbols": "arrows and fractions",
    "markdown_extensions.pymdownx.superfences": "examples of code inside boxes and tabs",
    "markdown_extensions.pymdownx.tabbed": "tabs, with alternate_style: true",
    "markdown_extensions.pymdownx.tasklist": "lists with ticks",
    "markdown_extensions.pymdownx.tilde": "~~deleted~~ and lowered~text~",
}
ELSEWHERE: Mapping[str, str] = {
    "nav": "data/menu.yml lists the sections; the pages of a section are those of its folder, by their setting order",
    "hooks": "macros/website/plugin.py answers the events of MkDocs",
    "not_in_nav": "data/menu.yml alone says what is in the menu",
    "plugins.search": "macros/outputs/search_index.py makes the site's own search",
    "plugins.macros.module_name": "modules: [macros] names the package that holds the words",
    "plugins.macros.include_yaml": "lists are in data/, typed and checked; a word names what a page shows",
    "plugins.macros.include_dir": "what several pages show is in data/ or a component in overrides/components/",
    "markdown_extensions.abbr": "data/glossary.yml explains abbreviations on every page",
    "markdown_extensions.meta": "front matter is read and checked by the site itself",
    "extra.*": "a fact lives in data/, and a page names it with a word such as figure",
    "remote_branch": ".github/workflows/publish.yml publishes the site",
    "remote_name": ".github/workflows/publish.yml publishes the site",
}
CANNOT: Mapping[str, str] = {
    "exclude_docs": "every page in docs/ is checked and linked; delete a page that is not to be shown",
    "draft_docs": "every page in docs/ is shown; a draft is a change that is not merged yet",
    "extra_templates": "docs/ holds pages and pictures only; other files are outputs (macros/outputs/)",
    "repo_name": "no page names the repository",
    "theme.features": "each needs Material's scripts or its own menus, which pages do without",
    "theme.icon": "Material writes icons as styles into the page, which the content policy forbids",
    "theme.locale": "Material uses language",
    "theme.static_templates": "the only page beside those of docs/ and data is 404.html",
    "theme.palette.media": "a choice of palettes needs a script; dark and light follow the reader's device",
    "theme.palette.toggle": "a choice of palettes needs a script; dark and light follow the reader's device",
    "extra.analytics": "the site follows nobody",
    "extra.consent": "the site sets no cookies, so there is nothing to agree to",
    "extra.version": "there is one version of the site, and the choice needs a script",
    "extra.alternate": "the site is in one language",
    "extra.annotate": "annotations need a script",
    "extra.polyfills": "pages need no script",
    "extra.generator": "no page names what it was made with",
    "extra.homepage": "the name in the header leads to the home page",
    "extra.scope": "nothing is kept in the reader's browser",
    "extra.status": "pages have no status; each says when it was reviewed",
    "extra.tags": "pages have themes (data/themes.yml)",
    "markdown_extensions.md_in_html": "a page holds no HTML",
    "markdown_extensions.pymdownx.snippets": "it would read any file of the computer into a page",
    "markdown_extensions.pymdownx.arithmatex": "formulas need a script",
    "markdown_extensions.pymdownx.emoji": "icons are pictures of templates, not of texts",
    "markdown_extensions.pymdownx.highlight": "colours of code are styles that pages do not load",
    "plugins.*": "one plugin more sees every page before it is checked again; what it would do belongs in macros/",
    "plugins.macros.*": "the gate allows words with names in their brackets and nothing else",
    "theme.*": "Material has no such setting, or it was not tried here",
    "theme.palette.*": "Material has no such setting, or it was not tried here",
    "markdown_extensions.*": "it was not tried here: add it to macros/website/allowed_settings.py with a test",
    "*": "MkDocs has no such setting, or it was not tried here",
}
# Settings of which one value works, and those of them that must be there.
_ONLY: Mapping[str, object] = {
    "theme.name": "material",
    "theme.font": False,
    "theme.palette.scheme": "default",
    "use_directory_urls": True,
    "docs_dir": "docs",
    "plugins.macros.modules": ["macros"],
    "plugins.macros.j2_extensions": [GATE],
    "plugins.macros.on_undefined": "strict",
    "plugins.macros.on_error_fail": True,
}
_NEEDED = ("theme.font", "plugins.macros.modules", "plugins.macros.j2_extensions", "plugins.macros.on_undefined", "plugins.macros.on_error_fail")
_OF_MANY_PARTS = ("theme", "theme.palette", "extra", "markdown_extensions", "plugins", "plugins.macros")  # each part is a setting by itself


def refused_settings(config: MkDocsConfig) -> Iterator[Problem]:
    """A problem for each setting that would be ignored or would do harm, and for each that is missing."""
    file = Path(config.config_file_path)
    given = list(_given(yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)))
    lines = {name: line for name, line, _ in reversed(given)}
    for name, line, node in given:
        if said := _refusal(name, node):
            yield Problem(file.name, line, *said, field=name)
    found = list(_missing_files(config))
    for name in _NEEDED:
        if name not in lines:
            group, _, setting = name.rpartition(".")
            found.append((group, f"mkdocs.yml does not say {name}.", f"Write {setting}: {_as_text(_ONLY[name])}"))
    if list(config.plugins)[:2] != ["website", "macros"]:
        says = "The plugin macros must follow the plugin website: without it, words in pages are not answered."
        found.append(("plugins", says, "List both."))
    for name, says, fix in found:
        yield Problem(file.name, lines.get(name) or lines.get(name.rpartition(".")[0]), says, fix, field=name)


def _given(node: yaml.Node | None, group: str = "") -> Iterator[tuple[str, int, yaml.Node | None]]:
    """Every setting that somebody has written: its full name, its line, and its value unless only its name matters."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = f"{group}.{key.value.rpartition('/')[2]}".lstrip(".")
            by_name = group in ("plugins", "markdown_extensions")
            if by_name or value.tag != "tag:yaml.org,2002:null":
                yield name, key.start_mark.line + 1, None if by_name else value
            if name in _OF_MANY_PARTS:
                yield from _given(value, name)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if isinstance(item, yaml.ScalarNode):
                yield f"{group}.{item.value.rpartition('/')[2]}", item.start_mark.line + 1, None
            else:
                yield from _given(item, group)


def _refusal(name: str, node: yaml.Node | None) -> tuple[str, str] | None:
    """What is wrong with a setting, and what to do."""
    if name in WORKS:
        if name not in _ONLY or node is None:
            return None
        try:
            value: object = yaml.safe_load(yaml.serialize(node))
        except yaml.YAMLError:  # a value that MkDocs alone can read, such as !ENV
            value = node.tag
        only = _as_text(_ONLY[name])
        return None if value == _ONLY[name] else (f'"{name}" is {_as_text(value)}, and only {only} works here.', f"Write: {name.rpartition('.')[2]}: {only}")
    groups = ("markdown_extensions", "plugins.macros", "plugins", "theme.palette", "theme", "extra")
    group = next((f"{one}.*" for one in groups if name.startswith(f"{one}.")), "*")
    if name in ELSEWHERE or (name not in CANNOT and group in ELSEWHERE):
        return f'The setting "{name}" has its home elsewhere.', f"Delete it. Instead: {ELSEWHERE.get(name) or ELSEWHERE[group]}."
    return f'The setting "{name}" cannot work here: {CANNOT.get(name) or CANNOT[group]}.', "Delete it."


def _missing_files(config: MkDocsConfig) -> Iterator[tuple[str, str, str]]:
    """Files that settings name and that are not in docs/ or overrides/, or that would be loaded from elsewhere."""
    folders = [Path(config.docs_dir), *map(Path, config.theme.dirs)]
    named = {"extra_css": config.extra_css, "extra_javascript": config.extra_javascript}
    named |= {f"theme.{name}": [config.theme[name]] for name in ("favicon", "logo") if config.theme.get(name)}
    named |= {"theme.language": [f"partials/languages/{config.theme['language']}.html"]}
    for setting, paths in named.items():
        for path in map(str, paths):
            if "//" in path:
                yield setting, f'"{path}" would be loaded from another website.', "Put the file in overrides/ and name it from there."
            elif not any((folder / path).is_file() for folder in folders):
                yield setting, f'"{path}" is not there.', "Name a file in overrides/ from there, or a language that Material has."


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else str(yaml.safe_dump(value, default_flow_style=True)).removesuffix("\n").removesuffix("\n...")
