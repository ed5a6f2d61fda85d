"""A copy of the built site that opens from a folder, without a server: what a pull request offers to look at.

Owns: making links name the very file they lead to. Never: changes the site that is published.
"""

import errno
import posixpath
import re
import shutil
from pathlib import Path

from macros.outputs.security import HASHES
from macros.writing import SiteFolder

_LINK = re.compile(r'(?<=[\s"])(href|action)="([^"#?]*)([#?][^"]*)?"')
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/")
# A file has no origin of its own, so a browser would take the rule "only from this site" for "from nowhere".
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')


def copy_to_folder(site: Path, target: Path) -> int:
    """Copies the site, which no build exchanges meanwhile, and fixes its links; returns how many pages there are.

    Raises:
        OSError: there is no site, the target is there already, or it cannot be written; then nothing is left there.
    """
    if target.exists():
        raise FileExistsError(errno.EEXIST, "this is there already. Name a folder that is not", str(target))
    with SiteFolder(site):
        if not site.is_dir():
            raise FileNotFoundError(errno.ENOENT, "there is no built site. Run `make build` first", str(site))
        try:
            shutil.copytree(site, target, ignore=shutil.ignore_patterns(HASHES))  # its pages are no longer those of the list
            pages = sorted(target.rglob("*.html"))
            for page in pages:
                page.write_text(with_file_links(page.read_text(encoding="utf-8"), page), encoding="utf-8", newline="\n")
        except OSError:
            shutil.rmtree(target, ignore_errors=True)
            raise
    return len(pages)


def with_file_links(html: str, page: Path) -> str:
    """A page whose links to folders name the index.html in them."""

    def named(match: re.Match[str]) -> str:
        name, path, rest = match.groups(default="")
        if path and not _ELSEWHERE.match(path) and (page.parent / path / "index.html").is_file():
            path = posixpath.join(path.rstrip("/"), "index.html") if path not in (".", "./") else "index.html"
        return f'{name}="{path}{rest}"'

    return _LINK.sub(named, _POLICY.sub("", html))
