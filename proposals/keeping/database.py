"""What the database refuses, in words: two people may press a button at the same moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from proposals.refused import Refused

REFUSALS = {
    "flag_limit": _("The limit of priority sectors of this year is full."),
    "flag_once_per_sector": _("This sector is flagged already."),
    "flag_once_per_commodity": _("This commodity is flagged already."),
    "flag_sector_rank_once": _("Somebody changed the order meanwhile. Look again."),
    "scale_one_draft_per_year": _("A version is being weighed already: freeze it first."),
    "scale_of_a_signed_year": _("The minutes of this year are signed: its scale stays as it is."),
    "scale_weights_make_a_hundred": _("The weights do not make 100."),
    "scenario_name_once": _("A scenario of this name exists already."),
    "retired_row_chosen": _("Something chosen here was retired meanwhile. Choose another."),
    "year_once_per_office": _("This budget year exists already."),
    "year_one_open_per_office": _("Another year is open. Close it first."),
    "year_moves_forward": _("A year moves forward only; a closed one opens again with a reason."),
    "year_closes_after_opening": _("The window must close after it opens."),
    "ceiling_once": _("This ceiling exists already; change the amount there."),
    "ceiling_below_agreed_has_reason": _(
        "More than that is agreed from this source already: write why the ceiling lies below it."
    ),
    "office_once_per_region_and_kind": _("This region has an office of this kind already."),
    "office_with_people_stays": _("An office with people keeps its region and kind."),
    "intervention_cost_band_is_ordered": _("The upper end of the band is below the lower end."),
    "criterion_weight_fits": _("A gate has the weight 0, a scored point 1 to 5."),
    "financing_validity_is_ordered": _("A scheme must not end before it begins."),
    "year_meeting_ends_after_it_begins": _(
        "Name both meeting days, the last not before the first."
    ),
    "year_is_of_this_century": _("A budget year lies between 2020 and 2099."),
    "financing_validity_does_not_overlap": _(
        "Two editions of one scheme must not be valid at the same time."
    ),
}


@contextmanager
def in_words() -> Iterator[None]:
    """Turn a known refusal of the database into ``Refused``; nothing inside was written."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if name not in REFUSALS:
            raise
        raise Refused([REFUSALS[name]]) from error
