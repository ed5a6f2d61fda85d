"""The editors' room: what helps people write content and see what a change will do.

Owns: templates, schemas, issue forms and field tables made from the models; new entries; certain fixes; changes told in words; freshness. Never:
decides what content means (models and rules do), draws a page (components do), or writes on GitHub (.github/tell.py does).
"""


class Refused(ValueError):
    """Why something is not done, said to the person who asked for it."""
