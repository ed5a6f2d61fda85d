"""One line of the site's menu."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from macros.models.base import ContentType, Record, Text


class MenuEntry(Record):
    """A section or page that the menu leads to."""

    title: Text = Field(description="The words of the link.")
    page: Text = Field(description="The page it leads to, as /folder/index.md.")
    where: Literal["header", "foot"] = Field(description="header: in the menu at the top and at the foot; foot: at the foot alone.")
    says: Text | None = Field(None, description="A few words on whom or what it is for.")


TYPE = ContentType(name="menu-entry", plural="menu-entries", title="Menu", model=MenuEntry, home="data/menu.yml", columns=("title",))
