"""The editors' room: what helps people write content and see what a change will do.

Owns: templates, schemas, issue forms and field tables made from the models; new entries; certain fixes; changes told in words; freshness; and telling
GitHub. Never: decides what content means (models and rules do), or draws a page (components do).
"""
