"""The reports that data makes: one for every reported year, one for this quarter, one side for a committee.

Owns: what each says about which records. Nothing is typed here that a data file should say. Never: writes HTML.
"""
