"""The database engine, and all that is particular to it: transactions, locks, upserts, schema."""
