"""The house: rooms that import one way only, doors that alone touch the generator, and modules that say what they own.

A new room needs a floor in the list below; putting it there is the moment to think about what it may know.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import material
import pytest
import yaml

ROOT = Path(__file__).parents[1]
MACROS = ROOT / "macros"
# Ground floor first: a room imports only from itself and from floors below its own, so two rooms on one floor do not know each other.
FLOORS = (
    ("problems", "settings", "writing"),
    ("sources", "models"),
    ("content",),
    ("rules", "views"),
    ("check", "components"),
    ("outputs",),
    ("website", "editing"),
    ("__init__", "__main__"),  # the doors: of mkdocs-macros, and of the command line
)
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
FILES = sorted(MACROS.rglob("*.py"))
LONGEST_FUNCTION = 50  # lines; a screen


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def room_of(path: Path) -> str:
    return path.relative_to(MACROS).parts[0].removesuffix(".py")


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports_of(path: Path) -> Iterator[str]:
    """Every module a file imports anywhere in it, written in full."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported_at_once(path: Path) -> set[str]:
    """The packages that a file imports as soon as it is imported itself."""
    found = set()
    for node in parsed(path).body:
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_every_room_has_a_floor() -> None:
    assert {room_of(path) for path in FILES} == set(FLOOR_OF)


def test_a_room_imports_only_from_floors_below_it() -> None:
    wrong = [
        f"{name_of(path)} imports {module}"
        for path in FILES
        for module in imports_of(path)
        if module.startswith("macros.") and (other := module.split(".")[1]) != (own := room_of(path)) and FLOOR_OF[other] >= FLOOR_OF[own]
    ]
    assert wrong == []


PLATFORM = {"mkdocs", "material", "mkdocs_macros", "properdocs"}
# Every name of the platform that the house stands on, each of them public.
NAMES = {
    "macros/__init__.py": {"mkdocs.exceptions.PluginError"},
    "macros/__main__.py": {"mkdocs.__main__.cli"},
    "macros/website/building.py": {"mkdocs.commands.build.build", "mkdocs.config.load_config"},
    "macros/settings.py": {"mkdocs.config.load_config"},
    "macros/website/allowed_settings.py": {"mkdocs.config.defaults.MkDocsConfig"},
    "macros/website/colours.py": {"mkdocs.config.defaults.MkDocsConfig"},
    "macros/website/plugin.py": {
        "mkdocs.config.base.Config", "mkdocs.config.defaults.MkDocsConfig", "mkdocs.exceptions.Abort",
        "mkdocs.plugins.BasePlugin", "mkdocs.plugins.event_priority", "mkdocs.structure.files.File", "mkdocs.structure.files.Files",
        "mkdocs.structure.nav.Navigation", "mkdocs.structure.pages.Page", "mkdocs.structure.toc.AnchorLink", "mkdocs.structure.toc.TableOfContents",
        "mkdocs.utils.templates.TemplateContext",
    },
    "macros/website/serving.py": {
        "mkdocs.config.defaults.MkDocsConfig", "mkdocs.structure.files.File", "mkdocs.structure.files.Files", "mkdocs.structure.files.InclusionLevel",
        "mkdocs.structure.pages.Page", "mkdocs.structure.toc.TableOfContents",
    },
}  # fmt: skip


def test_these_names_of_the_platform_are_used_and_no_others() -> None:
    used = {name_of(path): {module for module in imports_of(path) if module.partition(".")[0] in PLATFORM} for path in FILES}
    assert {file: names for file, names in used.items() if names} == NAMES


# What of Material's templates the house fills in or replaces, and what it asks of mkdocs-macros: env.macro and env.conf in ``define_env``,
# and its settings modules, j2_extensions, on_undefined and on_error_fail in mkdocs.yml. ProperDocs is asked for nothing that MkDocs is not.
BLOCKS = {"analytics", "config", "container", "content", "extrahead", "fonts", "htmltitle", "libs", "scripts", "site_meta", "site_nav", "styles"}
PARTIALS = {"footer.html", "header.html", "javascripts/base.html", "javascripts/content.html", "languages/en-GB.html"}
TRANSLATED = {"action.skip", "language"}
STYLES = {"assets/stylesheets/main.*.min.css", "assets/stylesheets/palette.*.min.css"}
OF_MACROS = {"macro", "conf"}, {"modules", "j2_extensions", "on_undefined", "on_error_fail"}


def test_these_parts_of_material_and_macros_are_used_and_no_others() -> None:
    """And Material still has them: a new release that takes one away is known here before anything is built."""
    overrides = ROOT / "overrides"
    theirs = Path(material.__file__).parent / "templates"
    layout, base = ((folder / name).read_text("utf-8") for folder, name in ((overrides, "main.html"), (theirs, "base.html")))
    assert set(re.findall(r"{% ?block (\w+)", layout)) == BLOCKS
    assert set(re.findall(r"{%-? ?block (\w+)", base)) >= BLOCKS
    assert {path.relative_to(overrides / "partials").as_posix() for path in (overrides / "partials").rglob("*.html")} == PARTIALS
    ours_alone = {"languages/en-GB.html"}  # a language that Material has not
    assert all((theirs / "partials" / name).is_file() for name in PARTIALS - ours_alone)
    asked = {key for path in overrides.rglob("*.html") for key in re.findall(r"""lang\.t\(["']([\w.]+)""", path.read_text("utf-8"))}
    assert asked == TRANSLATED
    english = (theirs / "partials/languages/en.html").read_text("utf-8")
    assert all(f'"{key}"' in english for key in TRANSLATED)
    assert {name for path in FILES for name in re.findall(r'"(assets/stylesheets/[\w.*]+)"', path.read_text("utf-8"))} == STYLES
    assert all(any(theirs.glob(name)) for name in STYLES)
    door = (MACROS / "__init__.py").read_text("utf-8")
    (settings,) = (plugin["macros"] for plugin in yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["plugins"] if "macros" in plugin)
    assert (set(re.findall(r"\benv\.(\w+)", door.partition('"""\n    from')[2])), set(settings)) == OF_MACROS


def reached_in_private(text: str) -> list[str]:
    """Private names of the platform that a file uses, and what it puts in their place, each with its line."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in PLATFORM:
            found += [f"{node.lineno}: {alias.name}" for alias in node.names if alias.name.startswith("_")]
        if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.endswith("__"):
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            # An annotation of argparse has no public name; _replace is the documented method of a named tuple.
            if owner not in ("self", "cls", "argparse") and node.attr != "_replace":
                found.append(f"{node.lineno}: .{node.attr}")
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign | ast.AugAssign) else []
        for target in targets:
            owner = ast.unparse(target.value) if isinstance(target, ast.Attribute) else "self"
            if ast.unparse(target) == "config.site_dir":  # a setting of MkDocs, which its manual lets ``on_config`` change
                continue
            if isinstance(target, ast.Attribute) and (owner.split(".")[0] == "config" or (owner != "self" and target.attr in ("dirs", "render"))):
                found.append(f"{node.lineno}: {ast.unparse(target)} =")
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("setattr", "config.__setattr__"):
            found.append(f"{node.lineno}: setattr")
    return found


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_nothing_of_the_platform_is_reached_in_private_or_replaced(path: Path) -> None:
    assert reached_in_private(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "from mkdocs.livereload import _serve_url", "plugin._env = 1", "config.house = house", "config.theme.dirs = []", "page.render = nothing",
        "os._exit(1)", "setattr(config, 'house', 1)", "print(page._title_from_render)",
    ],
)  # fmt: skip
def test_the_test_of_private_names_finds_them(text: str) -> None:
    assert len(reached_in_private(text)) == 1


def test_heavy_libraries_are_loaded_only_by_what_uses_them() -> None:
    for path in FILES:
        assert not imported_at_once(path) & {"pandas", "weasyprint", "matplotlib", "PIL"}, name_of(path)


def loaded_by(statement: str) -> set[str]:
    """The packages in memory after a statement, in a Python of its own."""
    program = f"{statement}\nimport sys\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    return set(subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split())


def test_checking_loads_neither_the_generator_nor_pandas() -> None:
    assert not loaded_by("import macros.__main__") & {"pandas", "numpy", "mkdocs", "weasyprint", "material", "PIL"}


def test_the_package_alone_loads_nothing() -> None:
    assert not loaded_by("import macros") & {"pandas", "mkdocs", "pydantic", "yaml", "jinja2"}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    words = (ast.get_docstring(parsed(path)) or "").split()
    assert len(words) >= 4


@pytest.mark.parametrize("room", FLOOR_OF)
def test_every_room_says_what_it_owns_and_what_it_never_does(room: str) -> None:
    path = MACROS / f"{room}.py" if (MACROS / f"{room}.py").is_file() else MACROS / room / "__init__.py"
    text = ast.get_docstring(parsed(path)) or ""
    assert "Owns:" in text and "Never" in text


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_functions_fit_on_a_screen(path: Path) -> None:
    too_long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert too_long == []


@pytest.mark.parametrize("path", [path for path in FILES if path.name != "check.py"], ids=name_of)
def test_only_the_check_reads_the_clock(path: Path) -> None:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            assert (node.func.value.id, node.func.attr) not in {("date", "today"), ("datetime", "now"), ("datetime", "today"), ("time", "time")}, (
                f"line {node.lineno}"
            )


def test_no_room_is_a_drawer_for_odds_and_ends() -> None:
    assert {path.stem for path in FILES} & {"utils", "util", "helpers", "helper", "common", "misc", "manager", "tools"} == set()
