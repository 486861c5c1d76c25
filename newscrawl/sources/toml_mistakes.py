"""What a person did that TOML does not allow, in their words and not in the parser's. Pure."""

from __future__ import annotations

import re
import tomllib

PLACE = re.compile(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)", re.S)
TABLE = re.compile(r"\s*\[+\s*([^\[\]]+?)\s*\]+\s*(?:#.*)?")
PAIR = re.compile(r"\s*([^=]+?)\s*=\s*(.*?)\s*")
CURLY = re.compile("^[\u2018-\u201f\u00ab\u00bb]")


def toml_mistake(text: str, error: tomllib.TOMLDecodeError) -> str:
    """Return what is wrong with *text*, with the line, its table and its key, and how to mend it.

    Where it is nothing that people usually do, what the parser says.
    """
    place = PLACE.fullmatch(str(error))
    if place is None or place["line"] is None:
        return str(error)
    number = int(place["line"])
    lines = text.splitlines()
    line = lines[number - 1] if number <= len(lines) else ""
    tables = [found[1] for before in lines[: number - 1] if (found := TABLE.fullmatch(before))]
    pair = PAIR.fullmatch(line)
    key, value = (pair[1], pair[2]) if pair else ("", "")
    mended = mend(place["what"], line, key, value)
    if mended is None:
        return str(error)
    return f"line {number}{f', [{tables[-1]}]' if tables and key else ''}: {mended}"


def mend(what: str, line: str, key: str, value: str) -> str | None:
    """Return the sentence for *what* the parser says of a line; None where there is none of ours."""
    if what.startswith("Cannot declare"):
        return f"a table {line.strip()} stands there already; give this one another name"
    if what.startswith("Cannot overwrite") and key:
        return f"{key} stands there twice; keep one of them, or write a list"
    if what.startswith("Illegal character '\\n'") and key:
        return f"the value of {key} has no quotation mark at its end"
    if what.startswith("Unescaped '\\'") and key:
        return f"{key} has a backslash; write it in single quotes, for example '\\d+'"
    if what.startswith("Expected '='"):
        name = line.strip().partition(" ")[0]
        return f'there is no = behind {name}; write {name} = "…"'
    if key and what.startswith(("Invalid value", "Expected newline")):
        return mended_value(key, value)
    return None


def mended_value(key: str, value: str) -> str | None:
    """Return how to write a *value* that is none."""
    if not value:
        return f'{key} has no value; write {key} = "…", or leave it out'
    if value.lower() in ("true", "false", "yes", "no"):
        return f"{key} = {value} is neither true nor false; write one of the two, in lower case"
    if CURLY.match(value):
        return f'the quotation marks of {key} are no straight ones; write {key} = "{value[1:-1]}"'
    if re.fullmatch(r"[^\"'\[\]{}#\s]+", value):
        return f'the value of {key} needs quotation marks; write {key} = "{value}"'
    return None
