"""The settings of mkdocs.yml: each works as its manual says, or the build says on which line it does not."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from macros.__main__ import main
from macros.check import check
from macros.website import building
from macros.website.allowed_settings import STYLES, allowed, refused_settings
from macros.website.plugin import WebsitePlugin, unused_layouts
from tests.whole_sites import ROOT, SMALL, build_environment, copy_small_site

SETTINGS = "mkdocs.yml"
WORKS, ELSEWHERE, CANNOT = (allowed()[name] for name in ("works", "elsewhere", "cannot"))
# The settings that the manual of Material lists for a page's frame, by their full names.
OF_MATERIAL = (
    "theme.features", "theme.font", "theme.icon", "theme.language", "theme.direction", "theme.logo", "theme.favicon", "theme.palette", "theme.custom_dir",
    "theme.static_templates", "extra.alternate", "extra.analytics", "extra.annotate", "extra.consent", "extra.generator", "extra.homepage", "extra.polyfills",
    "extra.scope", "extra.social", "extra.status", "extra.tags", "extra.version",
)  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_small_site(tmp_path)


def change(site: Path, edit: Callable[[dict[str, Any]], None]) -> None:
    """Edits the settings as data."""
    file = site / SETTINGS
    settings = yaml.safe_load(file.read_text(encoding="utf-8"))
    edit(settings)
    file.write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")


def refused(site: Path) -> list[tuple[str | None, int | None]]:
    return [(problem.field, problem.line) for problem in refused_settings(load_config(str(site / SETTINGS)))]


def test_every_setting_that_there_is_is_in_one_of_the_lists() -> None:
    own = {name for name in dict(MkDocsConfig().items()) if name not in ("config_file_path", "pages", "google_analytics", "mdx_configs")}
    from mkdocs_macros.plugin import MacrosPlugin

    of_macros = {f"plugins.macros.{name}" for name, _ in MacrosPlugin.config_scheme if not name.startswith("j2_") and name not in WORKS}
    lists = {*WORKS, *ELSEWHERE, *CANNOT}
    assert own - lists == set()
    assert set(OF_MATERIAL) - lists == set()
    assert of_macros and "plugins.macros.*" in lists
    assert not (WORKS.keys() & ELSEWHERE.keys()) | (WORKS.keys() & CANNOT.keys()) | (ELSEWHERE.keys() & CANNOT.keys())


def test_the_guide_for_engineers_prints_the_lists() -> None:
    printed = dict(
        re.findall(r"^\| `([\w.*]+)` \| (.*) \|$", (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Settings of mkdocs.yml")[2], re.MULTILINE)
    )
    assert printed == {**WORKS, **ELSEWHERE, **CANNOT}


@pytest.mark.parametrize("settings", [ROOT / SETTINGS, ROOT / "tests/small_site" / SETTINGS], ids=["real", "small"])
def test_the_sites_own_settings_are_in_order(settings: Path) -> None:
    assert refused(settings.parent) == []


def _set(name: str, value: object) -> Callable[[dict[str, Any]], None]:
    def edit(settings: dict[str, Any]) -> None:
        *folders, last = name.split(".")
        for folder in folders:
            settings = settings.setdefault(folder, {})
        settings[last] = value

    return edit


REFUSED = {
    "nav": ["index.md"], "not_in_nav": "*.md", "exclude_docs": "x.md", "use_directory_urls": False, "extra_templates": ["a.html"],
    "theme.features": ["navigation.tabs"], "theme.font": {"text": "Roboto"}, "theme.icon": {"repo": "a"}, "theme.language": "tlh", "theme.unheard_of": 1,
    "theme.palette.primary": "purpel", "theme.palette.accent": "custom",
    "extra.analytics": {"provider": "google"}, "extra.fact": 1, "extra_css": [STYLES, "https://example.org/a.css"], "extra_javascript": ["missing.js"],
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_setting_that_would_do_nothing_or_harm_is_refused_with_its_line(name: str, site: Path) -> None:
    change(site, _set(name, REFUSED[name]))
    told = refused(site)
    assert [field for field, _ in told] == [name]
    text = (site / SETTINGS).read_text(encoding="utf-8").splitlines()
    assert f"{name.rpartition('.')[2]}:" in text[(told[0][1] or 0) - 1]


def test_a_hook_is_refused_in_a_sentence_and_not_run(site: Path) -> None:
    (site / "my.hook.py").write_text("def on_config(config):\n    raise SystemExit('the hook ran')\n", encoding="utf-8")
    change(site, _set("hooks", ["my.hook.py"]))
    done = run(site, "mkdocs", "build")
    assert done.returncode == 1 and 'The setting "hooks" has its home elsewhere' in done.stdout + done.stderr
    assert "Traceback" not in done.stderr and "the hook ran" not in done.stderr


def test_of_two_palettes_the_one_that_does_nothing_is_refused_with_its_own_line(site: Path) -> None:
    change(site, _set("theme.palette", [{"scheme": "default", "primary": "teal"}, {"primary": "red", "scheme": "slate"}]))
    lines = (site / SETTINGS).read_text(encoding="utf-8").splitlines()
    slate, red = (next(number for number, line in enumerate(lines, 1) if colour in line) for colour in ("slate", "red"))
    assert refused(site) == [("theme.palette.primary", red), ("theme.palette.scheme", slate)]


def test_a_setting_of_the_gate_is_written_out_and_not_taken_from_the_machine(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = site / SETTINGS
    file.write_text(file.read_text(encoding="utf-8").replace("on_undefined: strict", "on_undefined: !ENV [A_MODE, strict]"), encoding="utf-8")
    assert [field for field, _ in refused(site)] == ["plugins.macros.on_undefined"]


@pytest.mark.parametrize("extension", ["pymdownx.snippets", "md_in_html", "abbr", "codehilite"])
def test_an_extension_that_is_unsafe_or_needs_a_script_is_refused(extension: str, site: Path) -> None:
    change(site, lambda settings: settings["markdown_extensions"].append(extension))
    assert [field for field, _ in refused(site)] == [f"markdown_extensions.{extension}"]


@pytest.mark.parametrize(
    ("option", "value"), [("include_yaml", ["a.yml"]), ("on_error_fail", False), ("modules", ["macros", "others"]), ("verbose", True), ("j2_extensions", [])]
)
def test_an_option_of_mkdocs_macros_that_opens_the_gate_is_refused(option: str, value: object, site: Path) -> None:
    change(site, lambda settings: settings["plugins"][1]["macros"].update({option: value}))
    assert f"plugins.macros.{option}" in [field for field, _ in refused(site)]


def run(site: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], cwd=site, env=build_environment({}), capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("plugins", "says"), [(["website"], "plugin macros must follow"), ([{"macros": None}], "no plugin website")])
def test_without_either_plugin_the_build_stops_with_a_sentence(plugins: list[Any], says: str, site: Path) -> None:
    options = yaml.safe_load((site / SETTINGS).read_text(encoding="utf-8"))["plugins"][1]["macros"]
    change(site, lambda settings: settings.update(plugins=[{"macros": options} if isinstance(plugin, dict) else plugin for plugin in plugins]))
    done = run(site, "mkdocs", "build")
    assert done.returncode == 1
    assert says in done.stdout + done.stderr
    assert not (site / "site/index.html").exists()


# The moves that CONTRIBUTING.md lists: of those that work what a built file then holds, of those that are refused what is set or written.
WORKS_IN = {
    "`site_url` with a path": ("sitemap.xml", "https://www.example.org/below/topics/kites/"),
    '`copyright: !ENV [NAME, "words"]`': ("index.html", "Made up in 2026."),
    "`theme.palette`, primary and accent": ("index.html", 'data-md-color-primary="teal" data-md-color-accent="pink"'),
    "`theme.logo`": ("index.html", 'src="assets/images/social.png"'),
    "`theme.language: cy`": ("index.html", '<html lang="cy"'),
    "`extra_css`": ("index.html", 'href="assets/styles/own.css"'),
    "`extra_javascript`": ("index.html", 'src="assets/scripts/finder.js"'),
    "`extra.social`": ("index.html", 'href="https://maps.example.com/kites"'),
    "`edit_uri_template`": ("topics/kites/index.html", "https://code.example.com/repository/change/topics/kites.md"),
    "`pymdownx.tabbed` in `markdown_extensions`": ("topics/kites/index.html", "tabbed-set"),
    "a block of Material's in overrides/main.html, such as `announce`": ("index.html", "Said above."),
    "a page in a new folder, with a picture beside it": ("clubs/chess/index.html", 'src="../board.png"'),
}
REFUSED_SETTINGS = {
    "`nav`": _set("nav", ["index.md"]),
    "`hooks`": _set("hooks", ["own.py"]),
    "`INHERIT`": _set("INHERIT", "base.yml"),
    "`exclude_docs`": _set("exclude_docs", "x.md"),
    "`use_directory_urls: false`": _set("use_directory_urls", False),
    "`theme.features: navigation.instant`": _set("theme.features", ["navigation.instant"]),
    "`theme.font`": _set("theme.font", {"text": "Roboto"}),
    "`theme.icon.repo`": _set("theme.icon", {"repo": "fontawesome/brands/git-alt"}),
    "`theme.palette` with a toggle for dark pages": _set("theme.palette", [{"scheme": "default", "toggle": {"name": "Dark"}}]),
    "`extra.analytics`": _set("extra.analytics", {"provider": "google"}),
    "a variable in `extra`": _set("extra.telephone", "01632 960000"),
    "an icon in `extra.social` that Material has not": _set("extra.social", [{"icon": "material/mapp", "link": "https://maps.example.com/"}]),
    "`extra_css` without the site's own stylesheet": _set("extra_css", []),
    "`plugins: tags`": lambda settings: settings["plugins"].append("tags"),
    "`plugins: search`": lambda settings: settings["plugins"].insert(0, "search"),
    "`pymdownx.snippets` in `markdown_extensions`": lambda settings: settings["markdown_extensions"].append("pymdownx.snippets"),
    "`toc` with `permalink: true`": lambda settings: settings["markdown_extensions"][3]["toc"].update(permalink=True),
    "`include_yaml` of mkdocs-macros": lambda settings: settings["plugins"][-2]["macros"].update(include_yaml=["data/x.yml"]),
    "a module more in `modules` of mkdocs-macros": lambda settings: settings["plugins"][-2]["macros"]["modules"].append("own"),
}  # fmt: skip
FRONT = (SMALL / "docs/topics/kites.md").read_text(encoding="utf-8").rpartition("---\n")[0] + "---\n"
NOT_LISTED = ('--8<-- "a.md"', "??? note", '=== "One"', "[A kite](/topics/kites.md){ .md-button }")
REFUSED_FILES = {
    "`main.py` with `env.macro`": {"main.py": "def define_env(env):\n    env.macro(print)\n"},
    "`.pages` in docs/": {"docs/topics/.pages": "nav: [kites.md]\n"},
    "`.meta.yml` in docs/": {"docs/topics/.meta.yml": "tags: [x]\n"},
    "a page without front matter": {"docs/topics/new.md": "# New\n\nWords.\n"},
    "`hide`, `template` or `tags` in front matter": {
        f"docs/topics/{name}.md": FRONT.replace("---\n", f"---\n{name}: x\n", 1) for name in ("hide", "template", "tags")
    },
    "`{{ page.title }}` in a page": {"docs/topics/a-title.md": f"{FRONT}{{{{ page.title }}}}\n"},
    "`{% for … %}` in a page": {"docs/topics/a-loop.md": FRONT + "{% for one in page.toc %}{% endfor %}\n"},
    "`{{ own_word() }}` that no model knows": {"docs/topics/a-word.md": f"{FRONT}{{{{ own_word() }}}}\n"},
    "HTML in a page": {"docs/topics/html.md": f'{FRONT}<div class="grid">Words</div>\n'},
    "`:material-map:` in a page": {"docs/topics/an-icon.md": f"{FRONT}Look :material-map: there.\n"},
    '`--8<--`, `???`, `=== "Tab"` or `{ .md-button }` in a page whose extension is not listed': {
        f"docs/topics/sign-{number}.md": f"{FRONT}{sign}\n" for number, sign in enumerate(NOT_LISTED)
    },
    "a stylesheet, script, CNAME or robots.txt in docs/": dict.fromkeys(("docs/own.css", "docs/topics/own.js", "docs/CNAME", "docs/robots.txt"), "x\n"),
    "a CSV in data/tables/ without its description": {"data/tables/clubs.csv": "name,number\nA,1\n"},
}
TWICE, UNUSED = "a setting written twice", "a partial of Material's in overrides/partials/ that no page shows"


def _moves(verdict: str) -> dict[str, str]:
    """The rows of the guide's table with this verdict, and what it says of each."""
    section = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Customary moves")[2].partition("\n## ")[0]
    return dict(re.findall(rf"^\| (.+) \| {verdict}: (.+) \|$", section, re.MULTILINE))


def test_each_customary_move_that_is_refused_says_what_the_guide_says(site: Path) -> None:
    for edit in REFUSED_SETTINGS.values():
        change(site, edit)
    written = (site / SETTINGS).read_text(encoding="utf-8")
    files = {path: text for texts in REFUSED_FILES.values() for path, text in texts.items()}
    for path, text in {**files, SETTINGS: f"{written}site_name: A second name\n", "base.yml": "copyright: Elsewhere\n", "own.py": ""}.items():
        (site / path).write_text(text, encoding="utf-8")
    found = [*refused_settings(load_config(str(site / SETTINGS))), *check(site, date(2026, 11, 20))[1]]
    assert all(problem.line for problem in found if problem.file == SETTINGS)
    moves = _moves("refused")
    assert moves.keys() == {*REFUSED_SETTINGS, *REFUSED_FILES, TWICE, UNUSED}
    del moves[UNUSED]  # for which a site is built, below
    for move, says in moves.items():
        for file in REFUSED_FILES.get(move, [SETTINGS]):
            told = [f"{problem.says} {problem.fix}" for problem in found if problem.file == file]
            assert any(says in text for text in told), (move, file, told)


def test_an_option_of_mkdocs_that_cannot_work_is_refused() -> None:
    for option in ({"theme": "readthedocs"}, {"use_directory_urls": False}):
        (told,) = refused_settings(load_config(str(SMALL / SETTINGS), **option))
        assert told.fix == "Call MkDocs without that option."
    with pytest.raises(Abort, match="leave out --dirty"):
        WebsitePlugin().on_startup(command="build", dirty=True)


@pytest.mark.parametrize(("text", "says"), [("copyright:\n\t- Kim\n", "line 2\n  The line begins with a tab."), ("", "holds no setting")])
def test_settings_that_are_no_yaml_are_refused_in_a_sentence_by_every_command(text: str, says: str, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / SETTINGS).write_text(text, encoding="utf-8")
    for command in (["check"], ["build"], ["schemas"], ["doctor"], ["serve"]):
        assert main([*command, str(site)]) == 1
        assert says in capsys.readouterr().out, command


def test_settings_do_what_their_manuals_say(site: Path) -> None:
    """And each customary move that works, works."""
    shutil.copytree(ROOT / "overrides", site / "overrides")
    layout, kites = site / "overrides/main.html", site / "docs/topics/kites.md"
    change(
        site,
        lambda settings: settings["theme"].update(
            custom_dir="overrides", logo="assets/images/social.png", language="cy", palette={"primary": "teal", "accent": "pink"}
        ),
    )
    change(
        site,
        lambda settings: settings.update(
            site_url="https://www.example.org/below/", site_author="Kim", extra_javascript=["assets/scripts/finder.js"],
            edit_uri_template="change/{path}", extra={"social": [{"icon": "material/map", "link": "https://maps.example.com/kites"}]},
        ),
    )  # fmt: skip
    change(site, lambda settings: settings.pop("edit_uri"))
    change(site, lambda settings: settings["extra_css"].append("assets/styles/own.css"))
    extensions = ["attr_list", "def_list", "pymdownx.mark", "pymdownx.caret", "pymdownx.tilde", "pymdownx.details", "pymdownx.superfences"]
    change(site, lambda settings: settings["markdown_extensions"].extend([*extensions, {"pymdownx.tabbed": {"alternate_style": True}}]))
    with (site / SETTINGS).open("a", encoding="utf-8") as settings:
        settings.write('copyright: !ENV [NO_SUCH_NAME, "Made up in 2026."]\n')
    (site / "overrides/assets/styles/own.css").write_text("h1 { color: teal }\n", encoding="utf-8")
    layout.write_text(layout.read_text(encoding="utf-8") + "\n{% block announce %}Said above.{% endblock %}\n", encoding="utf-8")
    (site / "docs/clubs").mkdir()
    shutil.copy(site / "docs/hill.png", site / "docs/clubs/board.png")
    (site / "docs/clubs/chess.md").write_text(f"{FRONT}![A board](board.png)\n", encoding="utf-8")
    with kites.open("a", encoding="utf-8") as page:
        page.write(
            '\n==marked== ^^added^^ ~~gone~~ and noted[^1]\n\n[^1]: A note below.\n\nKite\n:   Flies.\n\n??? note\n    Opens.\n\n=== "One"\n\n    First tab.\n'
            '\n[Puddles](/topics/puddles.md){ .md-button .md-button--primary }\n\n![A hill](/hill.png){ width="30" }\n\n## Tails { #of-tails }\n'
        )
    assert building.build(site) == 0
    assert _moves("works").keys() == WORKS_IN.keys()
    for file, part in WORKS_IN.values():
        assert part in (site / "site" / file).read_text(encoding="utf-8"), part
    html = (site / "site/topics/kites/index.html").read_text(encoding="utf-8")
    for part in (
        'content="Kim"', 'href="https://www.example.org/below/topics/kites/"', "<mark>marked</mark>", "<ins>added</ins>", "<del>gone</del>", "A note below.",
        "<dd>Flies.</dd>", "<details", 'class="md-button md-button--primary"', 'id="of-tails"', 'width="30"',
    ):  # fmt: skip
        assert part in html, part
    lost = (site / "site/404.html").read_text(encoding="utf-8")
    assert 'href="/below/assets/styles/site.css"' in lost and "/below/below/" not in lost
    styles = (site / "site/assets/styles/site.css").read_text(encoding="utf-8")
    assert "[data-md-color-primary=teal]" in styles and "[data-md-color-primary=red]" not in styles
    assert list(unused_layouts(site / "overrides")) == []
    (site / "overrides/partials/toc.html").write_text("Never shown.", encoding="utf-8")
    (unused,) = unused_layouts(site / "overrides")
    assert unused.file == "overrides/partials/toc.html" and _moves("refused")[UNUSED] in unused.says


def test_the_successor_of_mkdocs_builds_the_same_site_byte_for_byte(site: Path) -> None:
    made = {}
    for generator in ("mkdocs", "properdocs"):
        command = [sys.executable, "-m", generator, "build", "--quiet", "--site-dir", generator]
        environment = build_environment({"SOURCE_DATE_EPOCH": "1795132800", "NO_MKDOCS_2_WARNING": "1"})
        done = subprocess.run(command, cwd=site, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        made[generator] = {path.relative_to(site / generator).as_posix(): path.read_bytes() for path in (site / generator).rglob("*") if path.is_file()}
    assert len(made["mkdocs"]) > 150
    assert made["mkdocs"] == made["properdocs"]
