"""How bytes come in: which addresses may be reached, how much is taken, how it is unpacked."""
