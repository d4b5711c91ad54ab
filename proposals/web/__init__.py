"""The hall: what the views of every room share; import it as ``from proposals import web``."""

from proposals.web.amounts import RupiahField
from proposals.web.answers import (
    CONFLICT,
    UNPROCESSABLE,
    carried_out,
    put_on,
    render_or_part,
    say_done_already,
)
from proposals.web.pages import Page, keyed, numbered
from proposals.web.requests import PersonRequest, number_in, page_number, seen_version
from proposals.web.surroundings import current_year

__all__ = [
    "CONFLICT",
    "UNPROCESSABLE",
    "Page",
    "PersonRequest",
    "RupiahField",
    "carried_out",
    "current_year",
    "keyed",
    "number_in",
    "numbered",
    "page_number",
    "put_on",
    "render_or_part",
    "say_done_already",
    "seen_version",
]
