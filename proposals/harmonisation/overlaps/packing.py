"""Signs as plain values, to be kept in a row and read back without the texts they came from."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from proposals.harmonisation.overlaps.lists import UNKNOWN, Lists
from proposals.harmonisation.overlaps.pieces import Piece
from proposals.harmonisation.overlaps.signs import Signs

SETS = ("districts", "subjects", "trees", "products", "makes", "kin", "title", "text")
PLAIN = ("number", "year", "province", "region", "code", "sector", "commodity", "rank")
NOT_COMPARED = frozenset({"number", "amount", "request_to"})


def packed(signs: Signs) -> dict[str, Any]:
    """Return signs as JSON takes them.

    PostgreSQL sorts the keys of an object, and the words of a title have an order.
    """
    return {
        **{name: getattr(signs, name) for name in PLAIN},
        **{name: sorted(getattr(signs, name)) for name in SETS},
        "matter": list(signs.matter),
        "way": signs.way.key,
        "written": list(signs.written.items()),
        "said": signs.said,
    }


def unpacked(row: dict[str, Any], lists: Lists) -> Signs:
    """Return the signs of a row."""
    values: dict[str, Any] = {name: row[name] for name in PLAIN}
    values |= {name: frozenset(row[name]) for name in SETS}
    values["matter"] = tuple(row["matter"])
    way = lists.ways.get(row["way"], UNKNOWN)
    return Signs(**values, way=way, written=dict(row["written"]), said=row["said"])


def fingerprint(piece: Piece) -> str:
    """Return the mark of all that a piece is compared by; another mark is another content."""
    told = {name: value for name, value in asdict(piece).items() if name not in NOT_COMPARED}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
