"""A document (or kind of public page) that facts come from."""

from __future__ import annotations

from pydantic import Field

from macros.models.base import ContentType, Record, Text, WebAddress


class Source(Record):
    """Where facts come from; pages, tables and figures name it by its id."""

    title: Text = Field(description="The document's name.")
    publisher: Text = Field(description="Who published it.")
    period: Text = Field(description="The time it is about, in words.")
    kind: Text = Field(description="What it is: annual report, arrangements, inspection…")
    holds: Text = Field(description="What is in it, in one or two sentences.")
    link: WebAddress | None = Field(None, description="Its public address, where one is known.")
    reuse: Text = Field(description="Who may reuse it, as the document says; else: not published.")


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
