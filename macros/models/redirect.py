"""An old address and where it leads now."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from macros.models.base import ContentType, Record, Text

_ADDRESS = re.compile(r"/[A-Za-z0-9._~/-]*\Z")


def _address(text: str) -> str:
    path = text.partition("#")[0]
    if not _ADDRESS.match(path) or "//" in path:
        raise ValueError("must be an address on this site as it stands after the site's name, such as /about-us/about-us.aspx")
    if {".", ".."} & set(path.split("/")):
        raise ValueError("must be a plain address without . or .. between its strokes")
    return text


def _without_place(text: str) -> str:
    if "#" in text:
        raise ValueError("must be an address without #: what follows it is never sent to a website")
    if text == "/":
        raise ValueError("is the home page, which cannot move")
    return text


Address = Annotated[str, AfterValidator(_address)]


class Redirect(Record):
    """A page that moved: whoever comes to the old address is led on."""

    from_: Annotated[Address, AfterValidator(_without_place)] = Field(
        alias="from", description="The old address, as it stood after the site's name: /about-us/about-us.aspx"
    )
    to: Address = Field(description="The page it leads to now, by its address: /arrangements/")
    why: Text = Field(description="What happened, in a few words.")

    @property
    def title(self) -> str:
        """How a list names it."""
        return self.from_

    @property
    def file(self) -> str:
        """The file that stands at the old address: a folder's own page, which every web server finds."""
        return f"{self.from_.strip('/')}/index.html"


TYPE = ContentType(name="redirect", plural="redirects", title="Old addresses", model=Redirect, home="data/redirects.yml")
