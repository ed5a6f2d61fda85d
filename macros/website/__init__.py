"""The website: what MkDocs, Material and mkdocs-macros are told, through their public events and settings.

Owns: the one plugin of the site, the pages that no editor writes, the frame around every page, and the places that words
hold in a page until they are answered. Never: says what content means, or uses a private name of the platform.
"""
