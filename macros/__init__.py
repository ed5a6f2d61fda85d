"""The website's machinery, and the door through which mkdocs-macros comes in.

Owns: ``define_env``. Never: anything else, and nothing is loaded until it is called.
"""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Registers the words an editor may write. ``env`` is the plugin, ``env.conf.house`` what hooks prepared."""
    from macros.page_macros import answers

    house = getattr(env.conf, "house", None)
    if house is None:  # the preview is showing problems; no page is rendered from its Markdown
        return
    for name, answer in answers(house.components).items():
        env.macro(answer, name)
