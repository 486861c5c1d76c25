"""A file that is no TOML is explained by what the person did."""

from __future__ import annotations

import tomllib

import pytest

from newscrawl.sources.toml_mistakes import toml_mistake


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "[a]\nurl = https://a.example\n",
            'line 2, [a]: the value of url needs quotation marks; write url = "https://a.example"',
        ),
        ('[a]\nurl = "https://a.example\n', "line 2, [a]: the value of url has no quotation mark at its end"),
        ('[a]\nurl = "x"\nurl = "y"\n', "line 3, [a]: url stands there twice; keep one of them, or write a list"),
        (
            '["a b"]\nurl = "x"\n\n["a b"]\nurl = "y"\n',
            'line 4: a table ["a b"] stands there already; give this one another name',
        ),
        ('[a]\nurl "x"\n', 'line 2: there is no = behind url; write url = "…"'),
        ("[a]\nurl =\n", 'line 2, [a]: url has no value; write url = "…", or leave it out'),
        (
            "[a]\nenabled = False\n",
            "line 2, [a]: enabled = False is neither true nor false; write one of the two, in lower case",
        ),
        ('[a]\ndeny = "/\\d+/"\n', "line 2, [a]: deny has a backslash; write it in single quotes, for example '\\d+'"),
        ("[a]\nbudget = 5m\n", 'line 2, [a]: the value of budget needs quotation marks; write budget = "5m"'),
        (
            "[a]\nurl = \u201chttps://a.example\u201d\n",
            'line 2, [a]: the quotation marks of url are no straight ones; write url = "https://a.example"',
        ),
        ("since = 2d\n", 'line 1: the value of since needs quotation marks; write since = "2d"'),
    ],
)
def test_a_mistake_names_line_table_and_key_and_says_what_to_write(text: str, sentence: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)

    assert toml_mistake(text, caught.value) == sentence


@pytest.mark.parametrize("text", ["[a\n", '[a]\nfeeds = ["x" "y"]\n', "[a]\nfeeds = ["])
def test_of_any_other_mistake_the_parser_speaks(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)

    assert toml_mistake(text, caught.value) == str(caught.value)
