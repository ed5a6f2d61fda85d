"""Other people's text inside Markdown that GitHub shows.

Owns: making sure that nothing in it comes to life: no link, mention, heading, picture or HTML, whoever wrote it.
Never: shortens what matters: that is for whoever quotes.
"""

import re

_LIVE = re.compile(r"[\\`*_\[\]<>|~!]")
_NOTHING = "\u200b"  # takes no room; between the sign and the name it keeps GitHub from seeing a mention or link


def code(text: str) -> str:
    """Text shown letter by letter, as a code span, that can also stand in a table's cell."""
    plain = " ".join(text.split())
    fence = "`" * (max((len(run) for run in re.findall("`+", plain)), default=0) + 1)
    pad = " " if plain.startswith("`") or plain.endswith("`") or not plain else ""
    return f"{fence}{pad}{plain}{pad}{fence}"


def prose(text: str) -> str:
    """Text that reads on in a sentence."""
    plain = _LIVE.sub(r"\\\g<0>", " ".join(text.split())).replace("&", "&amp;")
    plain = re.sub(r"([@#])(?=\w)", rf"\1{_NOTHING}", plain)
    return re.sub(r"(?i)\b(https?|ftp|mailto)(?=:)|\bwww(?=\.)", rf"\g<0>{_NOTHING}", plain)


def cut(text: str, most: int) -> str:
    """The beginning of a text, with a sign that there is more."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 1].rstrip()}…"


def fit(text: str, most_bytes: int, instead: str) -> str:
    """Whole lines up to a number of bytes, with a closing line where something was left out."""
    if len(text.encode()) <= most_bytes:
        return text
    room = most_bytes - len(instead.encode()) - 2
    kept = text.encode()[:room].decode(errors="ignore").split("\n")[:-1]
    return "\n".join([*kept, "", instead])
