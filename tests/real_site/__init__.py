"""The real site: that it builds, that what it publishes agrees with itself, that every page can be used and old addresses lead on.

How the machinery behaves is tried on the small site. Nothing here names a page, a number or a date of the real one, so that an
ordinary edit, which passes the check, cannot make a later change of the code fail.
"""
