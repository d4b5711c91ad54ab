"""Words of the field that mean the same, for the search for overlaps."""

from proposals.catalogue.loading import rows
from proposals.catalogue.loading.rows import Count, Line, Values
from proposals.enums import Certainty
from proposals.models import Synonym

COMMON = "umum"
"""The key of what every proposal says: it has no meaning of its own."""


def load() -> dict[str, Count]:
    """Load the synonyms in the order of the file: what two meanings name belongs to the first."""
    return {"synonyms": rows.write(Synonym, map(_synonym, rows.read("synonyms")))}


def _synonym(line: Line) -> Values:
    words = rows.words(line["words"])
    return {
        "key": line["concept"] or COMMON,
        "name_id": words[0] if line["concept"] else "kata umum",
        "name_en": "",
        "source": line["source"],
        "certainty": Certainty.CERTAIN.value,
        "role": line["role"],
        "words": ", ".join(words),
    }
