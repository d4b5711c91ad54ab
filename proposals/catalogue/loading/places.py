"""Regions, districts, the divisions of the provincial office, and the offices."""

from proposals.catalogue.loading import rows
from proposals.catalogue.loading.rows import Count, Line, Links, Values
from proposals.enums import OfficeKind, RegionKind
from proposals.models import District, Division, Office, Region, RegionNeighbour

KINDS = {
    "provinsi": RegionKind.PROVINCE,
    "kabupaten": RegionKind.REGENCY,
    "kota": RegionKind.CITY,
}


def load() -> dict[str, Count]:
    """Load places and offices."""
    lines = rows.read("regions")
    return {
        "regions": _regions(lines),
        "neighbours": _neighbours(lines),
        "districts": _districts(),
        "divisions": rows.write(Division, map(rows.listed, rows.read("divisions"))),
        "offices": _offices(lines),
    }


def _regions(lines: list[Line]) -> Count:
    province = {line["code"] for line in lines if line["type"] == "provinsi"}
    parents = [line for line in lines if line["code"] in province]
    others = [line for line in lines if line["code"] not in province]
    first = rows.write(Region, (_region(line, None) for line in parents), ("code",))
    known = rows.ids(Region, "code")
    second = rows.write(
        Region, (_region(line, known[line["code"][:2]]) for line in others), ("code",)
    )
    return Count(*map(sum, zip(first, second, strict=True)))


def _region(line: Line, parent_id: int | None) -> Values:
    return {
        "code": line["code"],
        "kind": KINDS[line["type"]],
        "parent_id": parent_id,
        "name": line["name"],
        "short_name": line["short_name"],
        "abbreviation": line["abbr"],
        "capital": line["capital"],
        "tile_col": rows.whole(line["tile_col"]),
        "tile_row": rows.whole(line["tile_row"]),
        **rows.sourced(line),
    }


def _neighbours(lines: list[Line]) -> Count:
    """A border is written from both sides, whichever of the two rows names it."""
    known = rows.ids(Region, "code")
    wanted: dict[int, set[int]] = {pk: set() for pk in known.values()}
    for line in lines:
        for code in rows.words(line["neighbours"]):
            wanted[known[line["code"]]].add(known[code])
            wanted[known[code]].add(known[line["code"]])
    links = Links(RegionNeighbour, "region_id", "neighbour_id")
    return rows.write_links(links, wanted, edited=set())


def _districts() -> Count:
    known = rows.ids(Region, "code")
    return rows.write(
        District,
        (
            {
                "code": line["code"],
                "region_id": known[line["region_code"]],
                "name": line["name"],
                **rows.sourced(line),
            }
            for line in rows.read("districts")
        ),
        ("code",),
    )


def _offices(lines: list[Line]) -> Count:
    """Every region has an industry office and a planning agency."""
    known = rows.ids(Region, "code")
    wanted: list[Values] = []
    for line in lines:
        names = {
            OfficeKind.INDUSTRY: line["agency_name"],
            OfficeKind.PLANNING: f"Bappeda {line['name']}",
        }
        wanted += [
            {"region_id": known[line["code"]], "kind": kind, "name": name}
            for kind, name in names.items()
        ]
    return rows.write(Office, wanted, ("region_id", "kind"))
