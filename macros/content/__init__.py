"""Everything that editors write, read, typed, linked and frozen, and what is worked out of it.

Owns: the catalogue, exact sums, periods of time, the withholding of small counts, verdicts. Never: renders, or reads the clock.
"""
