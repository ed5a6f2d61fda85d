"""What is not a page: pure functions that give ``{path in the site: bytes}``.

Owns: calendars, feeds, open data, redirects, the search. Never: touches docs/ or writes a file.
"""
