"""Pages that are at hand already: how archives are read, and how their records are made."""
