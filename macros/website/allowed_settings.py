"""Which settings of mkdocs.yml work, which have their home elsewhere, and which cannot work here.

Owns: the three lists, and saying so before anything is built: no setting is ignored in silence. CONTRIBUTING.md prints
the lists, and a test holds the two together. Never: reads a setting in the place of MkDocs; mkdocs.yml is looked at only for what is written there.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml
from mkdocs.config.defaults import MkDocsConfig

from macros.problems import Problem
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
_NEEDED = ("theme.font", "plugins.macros.modules", "plugins.macros.j2_extensions", "plugins.macros.on_undefined", "plugins.macros.on_error_fail")
_OF_MANY_PARTS = ("theme", "theme.palette", "extra", "markdown_extensions", "plugins", "plugins.macros")  # each part is a setting by itself


@cache
def allowed() -> dict[str, dict[str, str]]:
    """The three lists, each a setting's full name with what it does here or what to know: ``works``, ``elsewhere``, ``cannot``."""
    lists: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    return lists


def refused_settings(config: MkDocsConfig) -> Iterator[Problem]:
    """A problem for each setting that would be ignored or would do harm, and for each that is missing."""
    file = Path(config.config_file_path)
    given = list(_given(yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)))
    lines = {name: line for name, line, _ in reversed(given)}
    for name, line, node in given:
        if said := _refusal(name, node):
            yield Problem(file.name, line, *said, field=name)
    found = [*_missing_files(config), *unknown_colours(config)]
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


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else str(yaml.safe_dump(value, default_flow_style=True)).removesuffix("\n").removesuffix("\n...")
