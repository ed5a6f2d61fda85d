"""Certain fixes: what has only one right way to be put right, and means the same before and after.

Owns: encodings, line ends, blanks, quotation marks, dates and numbers as people type them, the order of lists that declare one.
Every fix is named. Never: decides between two meanings: 03/04/2026 is 3 April to some and 4 March to others, so it is left and said.
"""
