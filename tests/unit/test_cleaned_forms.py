"""A page with forms is cleaned the same with and without the private function of trafilatura that we use."""

from __future__ import annotations

from lxml.etree import tostring
from trafilatura.settings import Extractor

from newscrawl.extraction.text import main_pass
from newscrawl.html.parse import parse

PAGE = (
    "<html><body><p>The council met for three hours about the bridge, which nobody had expected.</p>"
    "<form action=/vote><p>Do you want a bridge?</p><input name=a><button>Vote</button></form>"
    f"<form id=aspnetForm><div><p>{'The mayor spoke of the harbour. ' * 20}</p></div></form></body></html>"
)


def test_forms_are_cleaned_the_same_where_the_function_is_no_more(monkeypatch):
    options = Extractor(output_format="txt", fast=True, comments=False, links=True)
    own = tostring(main_pass.cleaned(parse(PAGE), options))

    monkeypatch.setattr(main_pass, "clean_forms", None)

    assert tostring(main_pass.cleaned(parse(PAGE), options)) == own
    assert b"The mayor spoke" in own
