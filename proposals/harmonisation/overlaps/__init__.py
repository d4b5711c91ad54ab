"""Overlaps: which proposals do the same, serve the same, or belong together (docs/overlaps.md).

A pure core: it reads no table and writes none. A row of a file and a stored proposal both become a
`Piece`; a `Signer` turns it into the signs that two pieces are compared by.
"""
