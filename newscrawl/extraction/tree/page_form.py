"""The form that is the page: some content systems put all of it into one (ASP.NET does)."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

MAX_DEPTH = 3
"""Elements around it, body and html among them."""

SHARE = 0.5
"""Of the page's elements that it has; a form to fill in has few."""


def unwrap_page_form(tree: HtmlElement) -> None:
    """Make the form that holds most of the page *tree* a plain block, so that nothing in it is taken for a form's.

    Its role says that its fields are a form's all the same.
    """
    body = tree.find("body")
    if body is None:
        return
    for form in body.iter("form"):
        if sum(1 for _ in islice(form.iterancestors(), MAX_DEPTH + 1)) > MAX_DEPTH:
            continue
        if sum(1 for _ in form.iter()) > SHARE * sum(1 for _ in body.iter()):
            form.tag = "div"
            form.set("role", "form")
            return
