"""The real site: that it builds, that what it publishes agrees with itself, that every page can be used and old addresses lead on.

How the machinery behaves is tried on the small site. Nothing here names a page, a number or a date of the real one, so that an
ordinary edit, which passes the check, cannot make a later change of the code fail.

A site that `python -m macros start` has just begun is a real site too. What it may lack, it lacks because its content is not there yet: each test
asks for as much as the content holds, and ``waits`` says which pages still ask for theirs.
"""

from macros.content.catalogue import Catalogue


def waits(content: Catalogue, page: str) -> bool:
    """Whether a page of a new site still asks for what belongs on it. In a site that answered, or never had, the question it does not."""
    return any(question.id == f"page-{page}" and not question.answer for question in content.all("question"))
