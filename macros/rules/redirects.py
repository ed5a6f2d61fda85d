"""Rule: an address that was published never dies."""

from collections.abc import Collection, Iterator, Mapping

from macros.content.catalogue import PUBLISHED, Catalogue, address_of_page
from macros.content.generated import generated_paths
from macros.models.site import Redirect
from macros.problems import Problem, nearest_path

# Here stand files, which a page that leads on cannot replace, in small letters.
_FILES = (
    "assets", "calendars", "data", "feeds", "pdf", "search", "404.html", "llms.txt", "robots.txt", "sitemap.xml", "sitemap.xml.gz", "built-for.txt", "files.sha256",
)  # fmt: skip


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Every address that was ever published is a page, leads to one or was withdrawn; every redirect leads to a page; what was withdrawn stays away."""
    pages = page_addresses(catalogue)
    taken: dict[str, Redirect] = {}
    for redirect in catalogue.all("redirect"):
        for field, says, fix in _faults(catalogue, redirect, pages, taken):
            yield catalogue.problem("redirect", redirect.id, field, says, fix)
        taken.setdefault(_bare(redirect.from_).lower(), redirect)
    for gone in catalogue.all("withdrawn"):
        if _bare(gone.address).lower() in {*(_bare(page).lower() for page in pages), *taken}:
            says = "A page or redirect is at this address again, though it was withdrawn."
            yield catalogue.problem("withdrawn", gone.id, "address", says, "Delete that page or redirect; or this entry, if whoever decided it agrees.")
    if catalogue.published:  # a site that has not been published yet has nothing to keep
        yield from _check_published(catalogue)


def page_addresses(catalogue: Catalogue) -> frozenset[str]:
    """The address of every page, those that the build makes included, even where its file holds a mistake that is told elsewhere."""
    pages = [file for file in catalogue.files if file.endswith(".md")]
    lost = [f"performance/{name}.md" for kind, name in catalogue.lost if kind == "table"]
    return frozenset(map(address_of_page, [*pages, *generated_paths(catalogue), *lost]))


def unlisted(catalogue: Catalogue) -> list[str]:
    """The addresses that stand on the site and not yet on the list of published ones, in order."""
    old = {redirect.from_ for redirect in catalogue.all("redirect")}
    return sorted((page_addresses(catalogue) | old) - set(catalogue.published))


def _faults(catalogue: Catalogue, redirect: Redirect, pages: frozenset[str], taken: Mapping[str, Redirect]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a redirect: in which field, what, and how to fix it."""
    old, new = redirect.from_, redirect.to.partition("#")[0]
    bare, first_part = _bare(old), old.lower().split("/")[1]
    at = next((page for page in pages if _bare(page).lower() == bare.lower()), None)
    if bare in map(_bare, pages) or f"{bare}/".startswith(tuple(f"/{file}/" for file in catalogue.files)):
        says = f"A page stands at {old} itself, and the redirect would take its place."
        yield "from", says, "Delete the redirect, or move the page first."
    elif at:
        says = f"{old} differs from the page {at} in capital letters alone, and on many disks the redirect would take its place."
        yield "from", says, "Delete the redirect."
    if first_part in _FILES or first_part.startswith("."):
        says = f"{old} lies where the site keeps files for programs, which cannot be led on."
        yield "from", says, "Redirect the address of a page. A table's files follow its page by themselves."
    if first := taken.get(bare.lower()):
        same = "is redirected twice" if _bare(first.from_) == bare else "differs from that of another redirect in capital letters alone"
        yield "from", f'The address {old} {same}; the first is "{first.id}".', "Delete one of the two."
    if new in pages or (new.lstrip("/") in catalogue.files and not new.endswith(".md")):  # a page's file is not its address
        return
    onward = next((other for other in catalogue.all("redirect") if _bare(other.from_) == _bare(new)), None)
    if onward:
        yield "to", f"{new} has moved on itself, so people would be sent round twice.", f"Write where it leads in the end: {onward.to}"
    elif f"{new}/" in pages:
        yield "to", f"The address {new} lacks its last slash.", f"Write {new}/"
    else:
        near = nearest_path(new, pages)
        says = f"The redirect leads to {new}, and no page is there." + (f' Did you mean "{near}"?' if near else "")
        yield "to", says, "Write the address of a page, such as /arrangements/."


def site_addresses(catalogue: Catalogue) -> frozenset[str]:
    """Every address that a site has, or once had and keeps: what a change of it must not lose."""
    return page_addresses(catalogue) | set(catalogue.published) if catalogue.published else frozenset()


def lost_since(catalogue: Catalogue, before: Collection[str]) -> Iterator[Problem]:
    """A problem for each address that the site had ``before`` a change and that neither is a page, leads on, was withdrawn nor is on its list now:
    what the list says is told by ``check``."""
    yield from _nothing_at(catalogue, dict.fromkeys(sorted(set(before) - set(catalogue.published))))


def _nothing_at(catalogue: Catalogue, addresses: Mapping[str, int | None]) -> Iterator[Problem]:
    """A problem for each address, with its line in the list, at which people would find nothing."""
    if any(kind in ("redirect", "withdrawn") for kind, _ in catalogue.lost):
        return
    pages = page_addresses(catalogue)
    answered = {*(_bare(redirect.from_) for redirect in catalogue.all("redirect")), *(_bare(gone.address) for gone in catalogue.all("withdrawn"))}
    for address, line in addresses.items():
        if address not in pages and _bare(address) not in answered:
            near = nearest_path(address, pages)
            says = f"The address {address} was published, and now nothing is there. People who kept it or linked to it would find no page."
            fix = f"Put the page back; or say in data/redirects.yml where it leads now, with the lines id:, from: {address}, to: and why:."
            yield Problem(PUBLISHED, line, says + (f' Has it become "{near}"?' if near else ""), fix)


def _check_published(catalogue: Catalogue) -> Iterator[Problem]:
    proper = {address: line for address, line in catalogue.published.items() if address.startswith("/") and address == address.strip()}
    for address in catalogue.published.keys() - proper.keys():
        fix = "Write it as it stands after the site's name: /learning/reviews/ or /about-us/about-us.aspx"
        yield Problem(PUBLISHED, catalogue.published[address], f'"{address}" is not an address of this site.', fix)
    yield from _nothing_at(catalogue, proper)


def _bare(address: str) -> str:
    return address.rstrip("/")
