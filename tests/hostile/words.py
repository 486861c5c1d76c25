"""Text of our own for hostile pages: sentences that no other page shares."""

from __future__ import annotations

import random

WHO = ["ferryman", "archivist", "beekeeper", "councillor", "glazier", "librarian", "midwife", "notary", "organist"]
DID = ["measured", "postponed", "repainted", "auctioned", "catalogued", "flooded", "insured", "renamed", "rehearsed"]
WHAT = ["lighthouse", "aqueduct", "carousel", "observatory", "quarry", "tramline", "windmill", "granary", "weir"]
WHERE = ["Aveiro", "Bruges", "Coimbra", "Delft", "Esbjerg", "Ferrara", "Girona", "Halmstad", "Ioannina", "Jelgava"]


def prose(seed: str, sentences: int = 3) -> str:
    draw = random.Random(seed)
    return " ".join(
        f"In {draw.choice(WHERE)} the {draw.choice(WHO)} {draw.choice(DID)} the {draw.choice(WHAT)} on day "
        f"{draw.randrange(1, 365)}, which cost {draw.randrange(10, 9999)} crowns and pleased the {draw.choice(WHO)}."
        for _ in range(sentences)
    )


def headline(name: str) -> str:
    draw = random.Random(name)
    return f"{draw.choice(WHERE)} {draw.choice(WHO)} {draw.choice(DID)} the old {draw.choice(WHAT)} of {name}"


def sentinel(name: str) -> str:
    """What must be found in the body of the record of *name*."""
    return f"The word of the day was KEPT-{name}."


def article(name: str, *, head: str = "", before: str = "", after: str = "", title: str | None = None) -> str:
    shown = headline(name) if title is None else title
    paragraphs = "".join(f"<p>{prose(f'{name}/{n}')} {sentinel(name)}</p>\n" for n in range(6))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{shown}</title>{head}</head>'
        f"<body>{before}<article><h1>{shown}</h1>\n{paragraphs}</article>{after}</body></html>"
    )
