"""The settings of mkdocs.yml: each works as its manual says, or the build says on which line it does not."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from macros.website import building
from macros.website.allowed_settings import allowed, refused_settings
from tests.whole_sites import ROOT, build_environment, copy_small_site

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
    "extra.analytics": {"provider": "google"}, "extra.fact": 1, "extra_css": ["https://example.org/a.css"], "extra_javascript": ["missing.js"],
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
    assert refused(site) == [("theme.palette.scheme", next(number for number, line in enumerate(lines, 1) if "slate" in line))]


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


def test_settings_do_what_their_manuals_say(site: Path) -> None:
    shutil.copytree(ROOT / "overrides", site / "overrides")
    change(
        site,
        lambda settings: settings["theme"].update(
            custom_dir="overrides", logo="assets/images/social.png", language="en", palette={"primary": "teal", "accent": "pink"}
        ),
    )
    change(
        site,
        lambda settings: settings.update(
            copyright="Made up in 2026.", site_url="https://www.example.org/below/", site_author="Kim", extra_javascript=["assets/scripts/finder.js"]
        ),
    )
    change(site, lambda settings: settings.update(extra={"social": [{"icon": "material/map", "link": "https://maps.example.com/kites"}]}))
    extensions = ["attr_list", "footnotes", "def_list", "pymdownx.mark", "pymdownx.caret", "pymdownx.tilde", "pymdownx.details", "pymdownx.superfences"]
    change(site, lambda settings: settings["markdown_extensions"].extend([*extensions, {"pymdownx.tabbed": {"alternate_style": True}}]))
    with (site / "docs/topics/kites.md").open("a", encoding="utf-8") as page:
        page.write(
            '\n==marked== ^^added^^ ~~gone~~ and noted[^1]\n\n[^1]: A note below.\n\nKite\n:   Flies.\n\n??? note\n    Opens.\n\n=== "One"\n\n    First tab.\n'
            '\n[Puddles](/topics/puddles.md){ .md-button .md-button--primary }\n\n![A hill](/hill.png){ width="30" }\n\n## Tails { #of-tails }\n'
        )
    assert building.build(site) == 0
    html = (site / "site/topics/kites/index.html").read_text(encoding="utf-8")
    for part in (
        '<html lang="en"', 'data-md-color-primary="teal"', 'data-md-color-accent="pink"', 'src="../../assets/images/social.png"', "Made up in 2026.",
        'content="Kim"', 'href="https://www.example.org/below/topics/kites/"', 'href="https://maps.example.com/kites"', 'src="../../assets/scripts/finder.js"',
        "<mark>marked</mark>", "<ins>added</ins>", "<del>gone</del>", "A note below.", "<dd>Flies.</dd>", "<details", "tabbed-set",
        'class="md-button md-button--primary"', 'id="of-tails"', 'width="30"',
    ):  # fmt: skip
        assert part in html, part
    lost = (site / "site/404.html").read_text(encoding="utf-8")
    assert 'href="/below/assets/styles/site.css"' in lost and "/below/below/" not in lost
    styles = (site / "site/assets/styles/site.css").read_text(encoding="utf-8")
    assert "[data-md-color-primary=teal]" in styles and "[data-md-color-primary=red]" not in styles


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
