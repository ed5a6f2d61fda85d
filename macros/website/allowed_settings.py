"""Which settings of mkdocs.yml work, which have their home elsewhere, and which cannot work here.

Owns: the three lists, and saying so before anything is built: no setting is ignored in silence. CONTRIBUTING.md prints
the lists, and a test holds the two together. Never: reads mkdocs.yml, or a setting in the place of MkDocs.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config.defaults import MkDocsConfig

from macros.problems import Problem
from macros.settings import written_settings
from macros.website.colours import unknown_colours

STYLES = "assets/styles/site.css"


@cache
def allowed() -> dict[str, Any]:
    """The lists of allowed_settings.yml. Three hold settings by their full names, with what each does here or what to know: ``works``, ``elsewhere``, ``cannot``."""
    lists: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
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
        if (instead := allowed()["files"].get(path.name)) and path.is_file():
            yield Problem(path.relative_to(file.parent).as_posix(), None, f"Nothing may be set here: {instead}.", "Delete the file.")


def _wrong_together(config: MkDocsConfig, lines: Mapping[str, int], refused: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """What no line by itself says: a name, what is wrong with it, and what to do."""
    only = allowed()["only"]
    for name, given in (("theme.name", config.theme.name), ("use_directory_urls", config.use_directory_urls)):
        if given != only[name] and name not in refused:
            yield name, f'"{name}" is {_as_text(given)}, and only {_as_text(only[name])} works here.', "Call MkDocs without that option."
    if config.theme.name == "material":
        yield from _missing_files(config)
        yield from unknown_colours(config)
    if STYLES not in config.extra_css:
        yield "extra_css", f"extra_css does not list {STYLES}: pages would have no styles of the site.", "Write it as the first of the list."
    for option in allowed()["options"]:
        given = bool(config.mdx_configs.get(option["of"], {}).get(option["name"]))
        if option["of"] in config.markdown_extensions and given is not option["only"]:
            says = f'Of "{option["of"]}" only {option["name"]}: {_as_text(option["only"])} works here: {option["why"]}.'
            yield f"markdown_extensions.{option['of']}", says, "Correct the option."
    for name in allowed()["needed"]:
        if name not in lines:
            group, _, last = name.rpartition(".")
            yield group, f"mkdocs.yml does not say {name}.", f"Write {last}: {_as_text(only.get(name, 'overrides'))}"
    if [name for name in config.plugins if name in ("website", "macros")] != ["website", "macros"]:
        yield "plugins", "The plugin macros must follow the plugin website: without it, words in pages are not answered.", "List both."


def _refusal(name: str, node: yaml.Node | None) -> tuple[str, str] | None:
    """What is wrong with a setting, and what to do."""
    elsewhere, cannot, only = (allowed()[kind] for kind in ("elsewhere", "cannot", "only"))
    if name in allowed()["works"]:
        if name not in only or node is None:
            return None
        try:
            value: object = yaml.safe_load(yaml.serialize(node))
        except yaml.YAMLError:  # a value that MkDocs alone can read, such as !ENV
            value = node.tag
        wanted = _as_text(only[name])
        return None if value == only[name] else (f'"{name}" is {_as_text(value)}, and only {wanted} works here.', f"Write: {name.rpartition('.')[2]}: {wanted}")
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
