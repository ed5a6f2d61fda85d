"""The colours that mkdocs.yml chooses (theme: palette:), in the place of the site's own.

Owns: which colour is chosen, and how dark or light it becomes so that it can be read. It is put into face.css, from which pages, charts, PDFs and
the picture beside links take theirs. Never: chooses a colour.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

Colour = tuple[int, ...]  # red, green and blue, each 0 to 255
WHITE, BLACK, DARK_PAPER = (255, 255, 255), (0, 0, 0), (16, 25, 29)
CONTRAST = 9  # with white or the dark paper, so that 7 to 1 is left on every tint (WCAG 2.2, success criterion 1.4.6)


def in_chosen_colours(css: str, config: MkDocsConfig) -> str:
    """face.css, or what begins with it, with the chosen colours where it names its own, light and dark. The header's ground is dark in both."""
    light, at, dark = css.partition("@media")
    if main := chosen(config, "primary"):
        deep, pale = _readable(main, BLACK, WHITE), _readable(main, WHITE, DARK_PAPER)
        light = _put(light, {"deep": deep, "series-1": deep, "everyone": _mixed(main, WHITE, 0.92)})
        dark = _put(dark, {"deep": deep, "series-1": pale, "everyone-ink": pale})
    if link := chosen(config, "accent"):
        light, dark = _put(light, {"link": _readable(link, BLACK, WHITE)}), _put(dark, {"link": _readable(link, WHITE, DARK_PAPER)})
    return light + at + dark


def unknown_colours(config: MkDocsConfig) -> Iterator[tuple[str, str, str]]:
    """Each setting that names a colour that is not there, what is wrong with it and what to do."""
    for setting in ("primary", "accent"):
        if (name := _name(config, setting)) and not chosen(config, setting):
            custom = f"custom and, in a stylesheet that extra_css names, :root {{ --md-{setting}-fg-color: #rrggbb; }}"
            yield f"theme.palette.{setting}", f'No colour "{name}" is there.', f"Write a name that Material has, such as teal, or {custom}"


def chosen(config: MkDocsConfig, setting: str) -> Colour | None:
    """A chosen colour: of Material's own by its name, a ``custom`` one as a stylesheet of extra_css says it; None where there is none."""
    from PIL import ImageColor

    name = _name(config, setting)
    selector = "" if name == "custom" else rf"\[data-md-color-{setting}={re.escape(name)}\]\{{"
    said = re.compile(rf"{selector}--md-{setting}-fg-color:\s*((?:#|hsl\(|rgb\()?[\w,% ]+\)?)[;}}]")
    sheets = config.extra_css if name == "custom" else ["assets/stylesheets/palette.*.min.css"]
    files = (file for sheet in sheets for folder in (config.docs_dir, *config.theme.dirs) for file in Path(folder).glob(str(sheet).lstrip("/")))
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    with suppress(IndexError, ValueError):
        return ImageColor.getrgb(said.findall(text)[-1].strip())
    return {"white": WHITE, "black": BLACK}.get(name)  # which Material writes as no colour of its own


def _name(config: MkDocsConfig, setting: str) -> str:
    palette = config.theme.get("palette") or {}
    return str((palette[0] if isinstance(palette, list) else palette).get(setting, "")).replace(" ", "-")


def _put(css: str, colours: dict[str, Colour]) -> str:
    for name, colour in colours.items():
        css = re.sub(rf"--{name}:[^;]+;", f"--{name}: #{bytes(colour).hex()};", css, count=1)
    return css


def _readable(colour: Colour, end: Colour, ground: Colour) -> Colour:
    """The colour, as far towards black or white as it needs to be read on the ground (WCAG 2.2, "contrast ratio")."""
    for mixed in (_mixed(colour, end, share / 20) for share in range(20)):
        darker, lighter = sorted((_luminance(mixed), _luminance(ground)))
        if (lighter + 0.05) / (darker + 0.05) >= CONTRAST:
            return mixed
    return end


def _luminance(colour: Colour) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (value / 255 for value in colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(colour: Colour, other: Colour, share: float) -> Colour:
    return tuple(round(one * (1 - share) + two * share) for one, two in zip(colour, other, strict=True))
