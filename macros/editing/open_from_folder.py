"""A copy of the built site that opens from a folder, without a server: what a pull request offers to look at.

Owns: making links name the very file they lead to, and a content policy for files, stricter than that of the live site.
Never: changes the site that is published.
"""

import base64
import errno
import mimetypes
import posixpath
import re
import secrets
import shutil
from pathlib import Path

from macros.outputs.security import HASHES
from macros.writing import SiteFolder

_LINK = re.compile(r'(?<=[\s"])(href|action)="([^"#?]*)([#?][^"]*)?"')
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/")
_LIVE_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
# A file has no origin of its own: browsers take "only from this site" for any file there is, one of another computer included, or for none.
# So what may run or style is marked with a word that nobody can know before, pictures stand in the page, and nothing else is loaded.
_POLICY = "default-src 'none'; script-src 'nonce-{0}'; style-src 'nonce-{0}'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
_PRELOAD, _FONT = re.compile(r'<link rel="preload"[^>]*>\n?'), re.compile(r'url\("(\.\./fonts/[^"]+)"\)')
_DOCTYPE = re.compile(r"\s*<!doctype html>", re.IGNORECASE)
_LOADED = re.compile(r'<(?P<tag>script|link|img)\b(?=[^>]*\s(?:src|href)="(?P<path>[^"]+)")(?P<rest>[^>]*)>')


def copy_to_folder(site: Path, target: Path) -> int:
    """Copies the site, which no build exchanges meanwhile, and fixes its links; returns how many pages there are.

    Raises OSError where there is no site, the target is there already, or it cannot be written; then nothing is left there.
    """
    if target.exists():
        raise FileExistsError(errno.EEXIST, "this is there already. Name a folder that is not", str(target))
    with SiteFolder(site):
        if not site.is_dir():
            raise FileNotFoundError(errno.ENOENT, "there is no built site. Run `make build` first", str(site))
        try:
            shutil.copytree(site, target, ignore=shutil.ignore_patterns(HASHES))  # its pages are no longer those of the list
            pages, nonce = sorted(target.rglob("*.html")), secrets.token_urlsafe(16)
            for page in pages:
                html = with_policy(page.read_text(encoding="utf-8"), page, target, nonce)
                page.write_text(with_file_links(html, page), encoding="utf-8", newline="\n")
            for sheet in target.glob("assets/styles/*.css"):
                text = _FONT.sub(lambda found: f"url({_as_data(sheet.parent / found[1])})", sheet.read_text(encoding="utf-8"))  # noqa: B023  (called at once)
                sheet.write_text(text, encoding="utf-8")
        except OSError:
            shutil.rmtree(target, ignore_errors=True)
            raise
    return len(pages)


def with_policy(html: str, page: Path, folder: Path, nonce: str) -> str:
    """A page with the policy for files before everything else in it; the folder's own scripts and styles are marked, its pictures taken in."""
    assets = (folder / "assets").resolve()

    def loaded(match: re.Match[str]) -> str:
        file = (page.parent / match["path"]).resolve()
        if _ELSEWHERE.match(match["path"]) or not file.is_file() or not file.is_relative_to(folder.resolve()):
            return match.group()
        kind = mimetypes.guess_type(file.name)[0] or ""
        if kind.startswith("image/"):
            return match.group().replace(match["path"], _as_data(file))
        return f'<{match["tag"]} nonce="{nonce}"{match["rest"]}>' if file.is_relative_to(assets) else match.group()

    doctype = _DOCTYPE.match(html)
    start = doctype.end() if doctype else 0
    policy = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(nonce)}">'
    return html[:start] + policy + _LOADED.sub(loaded, _PRELOAD.sub("", _LIVE_POLICY.sub("", html[start:])))


def _as_data(file: Path) -> str:
    return f"data:{mimetypes.guess_type(file.name)[0] or 'font/woff2'};base64,{base64.b64encode(file.read_bytes()).decode()}"


def with_file_links(html: str, page: Path) -> str:
    """A page whose links to folders name the index.html in them."""

    def named(match: re.Match[str]) -> str:
        name, path, rest = match.groups(default="")
        if path and not _ELSEWHERE.match(path) and (page.parent / path / "index.html").is_file():
            path = posixpath.join(path.rstrip("/"), "index.html") if path not in (".", "./") else "index.html"
        return f'{name}="{path}{rest}"'

    return _LINK.sub(named, html)
