"""Strings of strangers on their way to PostgreSQL, which takes neither NUL nor half a pair of surrogates."""

from __future__ import annotations

from psycopg import DataError
from psycopg.abc import Buffer
from psycopg.types.string import StrDumperUnknown


class TolerantDumper(StrDumperUnknown):
    """Writes what PostgreSQL cannot keep as a question mark or the replacement character."""

    def dump(self, obj: str) -> Buffer | None:
        """Return *obj* in UTF-8."""
        try:
            return super().dump(obj)
        except (UnicodeEncodeError, DataError):
            return super().dump(obj.replace("\0", "\ufffd").encode("utf-8", "replace").decode())
