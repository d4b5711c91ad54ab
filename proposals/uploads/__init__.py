"""Files that people send: what they really are, whether they are safe, the cells of an XLSX."""
