"""The tables of the store, as SQLAlchemy Core describes them."""

from __future__ import annotations

from sqlalchemy import MetaData

metadata = MetaData()
"""Every table of the store, wherever its module stands."""
