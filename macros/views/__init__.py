"""Questions about the content and their answers, without HTML.

Owns: what is shown where and in which order. Never: writes HTML, applies a rule, reads a file or the clock.
"""
