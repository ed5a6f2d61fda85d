"""The website's machinery, and the door through which mkdocs-macros comes in.

Owns: ``define_env``. Never: anything else, and nothing is loaded until it is called.
"""

import os
from typing import Any

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it would look for some in every package that is installed


def define_env(env: Any) -> None:
    """Registers the words an editor may write. ``env`` is the plugin mkdocs-macros, ``env.conf`` the settings of MkDocs.

    Raises PluginError where the site's own plugin is not listed in mkdocs.yml.
    """
    from mkdocs.exceptions import PluginError

    from macros.models.words import WORDS

    website = env.conf.plugins.get("website")
    if website is None:
        raise PluginError("mkdocs.yml lists no plugin website, which answers the words in pages. Write it above the plugin macros.")
    for name in WORDS:
        env.macro(website.words.placeholder(name), name)
