"""Rule: an address that was published never dies."""

from __future__ import annotations

from collections.abc import Iterator

from macros.content.catalogue import PUBLISHED, Catalogue, address_of_page
from macros.models.site import Redirect
from macros.problems import Problem, nearest_path
from macros.rules.addresses import generated_paths

_SHOWN = 5
_FILES = ("/assets/", "/calendars/", "/data/", "/feeds/", "/search/")  # here stand files, which a page that leads on cannot replace


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Every address that was ever published is a page or leads to one, and every redirect leads to a page that is there."""
    pages = page_addresses(catalogue)
    taken: dict[str, Redirect] = {}
    for redirect in catalogue.all("redirect"):
        yield from _check_redirect(catalogue, redirect, pages, taken)
        taken.setdefault(_bare(redirect.from_), redirect)
    yield from _check_published(catalogue, pages, taken)


def page_addresses(catalogue: Catalogue) -> frozenset[str]:
    """The address of every page, those that the build makes included, even where its file holds a mistake that is told elsewhere."""
    pages = [file for file in catalogue.files if file.endswith(".md")]
    lost = [f"performance/{name}.md" for kind, name in catalogue.lost if kind == "table"]
    return frozenset(map(address_of_page, [*pages, *generated_paths(catalogue), *lost]))


def unlisted(catalogue: Catalogue) -> list[str]:
    """The addresses that stand on the site and not yet on the list of published ones, in order."""
    old = {redirect.from_ for redirect in catalogue.all("redirect")}
    return sorted((page_addresses(catalogue) | old) - set(catalogue.published))


def _bare(address: str) -> str:
    return address.rstrip("/")


def _check_redirect(catalogue: Catalogue, redirect: Redirect, pages: frozenset[str], taken: dict[str, Redirect]) -> Iterator[Problem]:
    old, new = redirect.from_, redirect.to.partition("#")[0]
    if _bare(old) in {_bare(page) for page in pages} or old.strip("/") in catalogue.files:
        yield catalogue.problem(
            "redirect",
            redirect.id,
            "from",
            f"A page stands at {old} itself, and the redirect would take its place.",
            "Delete the redirect, or move the page first.",
        )
    if old.startswith(_FILES):
        yield catalogue.problem(
            "redirect",
            redirect.id,
            "from",
            f"{old} lies where the site keeps files for programs, which cannot be led on.",
            "Redirect the address of a page. A table's files follow its page by themselves.",
        )
    if _bare(old) in taken:
        yield catalogue.problem(
            "redirect", redirect.id, "from", f'The address {old} is redirected twice; the first is "{taken[_bare(old)].id}".', "Delete one of the two."
        )
    if new in pages or (new.lstrip("/") in catalogue.files and not new.endswith(".md")):  # a page's file is not its address
        return
    onward = next((other for other in catalogue.all("redirect") if _bare(other.from_) == _bare(new)), None)
    if onward:
        yield catalogue.problem(
            "redirect", redirect.id, "to", f"{new} has moved on itself, so people would be sent round twice.", f"Write where it leads in the end: {onward.to}"
        )
    elif f"{new}/" in pages:
        yield catalogue.problem("redirect", redirect.id, "to", f"The address {new} lacks its last stroke.", f"Write {new}/")
    else:
        yield catalogue.problem(
            "redirect",
            redirect.id,
            "to",
            f"The redirect leads to {new}, and no page is there." + (f' Did you mean "{near}"?' if (near := nearest_path(new, pages)) else ""),
            "Write the address of a page, such as /arrangements/.",
        )


def _check_published(catalogue: Catalogue, pages: frozenset[str], taken: dict[str, Redirect]) -> Iterator[Problem]:
    if not catalogue.published:  # a site that has not been published yet has nothing to keep
        return
    unread = any(kind == "redirect" for kind, _ in catalogue.lost)
    for address, line in catalogue.published.items():
        if not address.startswith("/") or address != address.strip():
            yield Problem(
                PUBLISHED,
                line,
                f'"{address}" is not an address of this site.',
                "Write it as it stands after the site's name: /learning/reviews/ or /about-us/about-us.aspx",
            )
        elif address not in pages and _bare(address) not in taken and not unread:
            yield Problem(
                PUBLISHED,
                line,
                f"The address {address} was published, and now nothing is there. People who kept it or linked to it would find no page."
                + (f' Has it become "{near}"?' if (near := nearest_path(address, pages)) else ""),
                f"Put the page back; or say in data/redirects.yml where it leads now, with the lines id:, from: {address}, to: and why:.",
            )
    new = unlisted(catalogue)
    if new:
        shown = ", ".join(new[:_SHOWN]) + (f" and {len(new) - _SHOWN} more" if len(new) > _SHOWN else "")
        yield Problem(
            PUBLISHED,
            None,
            f"{'This address is' if len(new) == 1 else 'These addresses are'} new: {shown}.",
            "Add each on a line of its own, or run `python -m macros outputs --addresses`, which does it. Then the check sees to it that none ever dies.",
            severity="warning",
        )
