"""A document (or kind of public page) that facts come from."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from macros.models.base import ContentType, Record, Text, WebAddress


class Source(Record):
    """Where facts come from; pages, tables and figures name it by its id. The date of a document is kept in data/publications.yml, under the same id."""

    title: Text = Field(description="The document's name.")
    kind: Literal["annual report", "arrangements", "inspection", "strategy", "guidance", "review", "public pages", "advice"] = Field(
        description="What it is. Public pages and advice are not documents."
    )
    publisher: Text | None = Field(None, description="Who published it. Left out: nobody in particular did.")
    period: Text | None = Field(None, description="The time it is about, in words. Left out: it is about none.")
    holds: Text = Field(description="What is in it, in one or two sentences.")
    link: WebAddress | None = Field(None, description="Its public address, where one is known.")
    places: Text | None = Field(None, description="How this site names a place in it: by heading, by page. One sentence.")
    reuse: Text | None = Field(None, description="Who may reuse it, as the document says. Left out: it does not say.")

    @property
    def is_document(self) -> bool:
        """Whether it is one thing that can be read, with a publisher and perhaps a date."""
        return self.kind not in ("public pages", "advice")


TYPE = ContentType(
    name="source",
    plural="sources",
    title="Source documents",
    model=Source,
    home="data/sources.yml",
    columns=("title", "publisher", "period", "holds"),
    filters=("kind",),
    address="/publications/#source-{id}",
)
