"""The real site as others see it: checkers and a browser that the rest of the tests do not use, and a keyboard's way through its pages.

No test here names a page of the real site or a word of its text: an ordinary edit cannot make one fail.
"""
