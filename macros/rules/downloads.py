"""Rule: a document to download has a page beside it that says the same in words."""

from collections.abc import Iterator

from macros.content.catalogue import DOWNLOADS, Catalogue
from macros.problems import Problem


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Beside each document in docs/publications/files/ there is a page of the same name, which links to it and says in words what the document says
    (Public Sector Bodies Accessibility Regulations 2018, regulation 6)."""
    for file in sorted(catalogue.files):
        if not file.startswith(DOWNLOADS) or file.endswith(".md"):
            continue
        path = f"publications/{file.removeprefix(DOWNLOADS).removesuffix('.pdf')}.md"
        page = catalogue.pages.get(path)
        if page is None and not catalogue.is_lost("page", path.removesuffix(".md")):
            says = f"No page beside the document says the same in words: docs/{path} is missing."
            yield Problem(f"docs/{file}", None, says, "Add that page: not everybody can read a PDF, and the law asks for it.")
        elif page and not any(link.target.partition("#")[0] in (f"/{file}", file.removeprefix("publications/")) for link in page.links):
            yield page.problem(
                page.source.body_line, f'The page is beside the document "{file}" and does not link to it.', f"Add the link: [its title](/{file})."
            )
