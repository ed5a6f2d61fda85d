"""Which settings of mkdocs.yml work, which have their home elsewhere, and which cannot work here.

Owns: the three lists, and saying so before anything is built: no setting is ignored in silence. CONTRIBUTING.md prints
the lists, and a test holds the two together. Never: reads mkdocs.yml, or a setting in the place of MkDocs.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml
from mkdocs.config.defaults import MkDocsConfig

from macros.problems import Problem
from macros.settings import written_settings
from macros.website.colours import unknown_colours

GATE = "macros.website.gate.Gate"
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
STYLES = "assets/styles/site.css"
_NEEDED: Mapping[str, object] = {"theme.custom_dir": "overrides"} | {
    name: _ONLY[name]
    for name in ("theme.font", "plugins.macros.modules", "plugins.macros.j2_extensions", "plugins.macros.on_undefined", "plugins.macros.on_error_fail")
}
# Options of Markdown extensions of which one value works, and why.
_OPTIONS = (
    ("toc", "permalink", False, "a sign after each heading would be read aloud with it"),
    ("pymdownx.tabbed", "alternate_style", True, "Material has styles for no other tabs"),
    ("pymdownx.tasklist", "custom_checkbox", False, "a page shows boxes as the browser draws them"),
)
# Files that plugins of MkDocs look for, by their names.
_OF_PLUGINS = {
    ".pages": "data/menu.yml lists the sections, and pages stand by their setting order",
    ".meta.yml": "each page says its own settings",
    "main.py": "a word for pages is made in macros/ (CONTRIBUTING.md, Add a word that pages may hold), and the gate refuses any other",
}


@cache
def allowed() -> dict[str, dict[str, str]]:
    """The three lists, each a setting's full name with what it does here or what to know: ``works``, ``elsewhere``, ``cannot``."""
    lists: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    return lists


def refused_settings(config: MkDocsConfig) -> Iterator[Problem]:
    """A problem for each setting, option and file of a plugin that would be ignored or would do harm, and for each setting that is missing."""
    file = Path(config.config_file_path)
    lines: dict[str, int] = {}
    refused = set()
    for setting in written_settings(file.parent):
        said = _refusal(setting.name, setting.node)
        if not said and setting.name in lines:
            said = f'"{setting.name}" stands on line {lines[setting.name]} already; MkDocs reads one of the two.', "Delete one."
        lines.setdefault(setting.name, setting.line)
        if said:
            refused.add(setting.name)
            yield Problem(file.name, setting.line, *said, field=setting.name)
    for name, says, fix in _wrong_together(config, lines, refused):
        yield Problem(file.name, lines.get(name) or lines.get(name.rpartition(".")[0]), says, fix, field=name)
    for path in [*Path(config.docs_dir).rglob(".*"), file.with_name("main.py")]:
        if path.name in _OF_PLUGINS and path.is_file():
            yield Problem(path.relative_to(file.parent).as_posix(), None, f"Nothing may be set here: {_OF_PLUGINS[path.name]}.", "Delete the file.")


def _wrong_together(config: MkDocsConfig, lines: Mapping[str, int], refused: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """What no line by itself says: a name, what is wrong with it, and what to do."""
    for name, given in (("theme.name", config.theme.name), ("use_directory_urls", config.use_directory_urls)):
        if given != _ONLY[name] and name not in refused:
            yield name, f'"{name}" is {_as_text(given)}, and only {_as_text(_ONLY[name])} works here.', "Call MkDocs without that option."
    if config.theme.name == "material":
        yield from _missing_files(config)
        yield from unknown_colours(config)
    if STYLES not in config.extra_css:
        yield "extra_css", f"extra_css does not list {STYLES}: pages would have no styles of the site.", "Write it as the first of the list."
    for extension, option, only, why in _OPTIONS:
        if extension in config.markdown_extensions and bool(config.mdx_configs.get(extension, {}).get(option)) is not only:
            says = f'Of "{extension}" only {option}: {_as_text(only)} works here: {why}.'
            yield f"markdown_extensions.{extension}", says, "Correct the option."
    for name, value in _NEEDED.items():
        if name not in lines:
            group, _, last = name.rpartition(".")
            yield group, f"mkdocs.yml does not say {name}.", f"Write {last}: {_as_text(value)}"
    if [name for name in config.plugins if name in ("website", "macros")] != ["website", "macros"]:
        yield "plugins", "The plugin macros must follow the plugin website: without it, words in pages are not answered.", "List both."


def _refusal(name: str, node: yaml.Node | None) -> tuple[str, str] | None:
    """What is wrong with a setting, and what to do."""
    elsewhere, cannot = allowed()["elsewhere"], allowed()["cannot"]
    if name in allowed()["works"]:
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
    if name in elsewhere or (name not in cannot and group in elsewhere):
        return f'The setting "{name}" has its home elsewhere.', f"Delete it. Instead: {elsewhere.get(name) or elsewhere[group]}."
    return f'The setting "{name}" cannot work here: {cannot.get(name) or cannot[group]}.', "Delete it."


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
    for link in config.extra.get("social") or ():
        if not isinstance(link, dict) or not link.get("link") or not any((folder / f".icons/{link.get('icon')}.svg").is_file() for folder in folders):
            yield "extra.social", f"{_as_text(link)} is no icon of Material's with a link.", "Write icon: fontawesome/brands/mastodon, and link: below it."


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else str(yaml.safe_dump(value, default_flow_style=True)).removesuffix("\n").removesuffix("\n...")
