"""Words of people become clean values; nothing is written here."""
