"""A row of a file as a piece; a column that is not there stays empty."""

from decimal import Decimal

from proposals.advice import reading
from proposals.advice.reading import Row
from proposals.harmonisation.overlaps.pieces import Piece

RESULTS = ("output_1", "output_2", "outcome")


def piece_of(row: Row) -> Piece:
    """Return the piece that a row of a file in the form of proposals_example.csv gives."""
    return Piece(
        number=row[reading.NUMBER],
        year=row.get("budget_year", ""),
        region=row.get("region_code", ""),
        title=row.get("title", ""),
        background=row.get("background", ""),
        results=tuple(text for name in RESULTS if (text := row.get(name, ""))),
        sector=row.get("sector_key", "").lower(),
        commodity=row.get("commodity_key", "").lower(),
        intervention=row.get("intervention_key", "").lower(),
        code=row.get("nomenclature_key", "") or row.get("nomenclature_code", ""),
        districts=tuple(part.strip() for part in row.get("kecamatan", "").split("|") if part),
        target_group=row.get("target_group", ""),
        request_to=row.get("request_to", "").lower(),
        amount=_amount(row.get("budget_rp", "")),
    )


def _amount(cell: str) -> Decimal | None:
    try:
        return reading.amount(cell)
    except ValueError:
        return None  # what cannot be read is told by check_proposals and tells nothing here
