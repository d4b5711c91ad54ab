"""Years, windows, ceilings and flags that must not be."""

from datetime import date, timedelta

from django.utils import timezone

from proposals.enums import YearState
from proposals.models import DerivativeStage, FlagStage, PriorityFlag
from tests import cast, lists
from tests.builders import current_year, make_ceiling, make_office_year, make_year, set_state
from tests.models.refusals import again, breaks, changed


@breaks("year_once_per_office")
def a_budget_year_twice():
    return [again(make_year(), state="prepared")]


@breaks("year_one_open_per_office")
def two_open_years():
    make_year(2022)
    return [changed(make_year(2023, YearState.PREPARED), state="open")]


@breaks("year_closes_after_opening")
def a_window_that_closes_before_it_opens():
    year = make_year()
    return [changed(year, closes_at=year.opens_at)]


@breaks("year_meeting_ends_after_it_begins")
def a_meeting_that_ends_before_it_begins():
    return [changed(make_year(), meets_from=date(2021, 3, 18), meets_until=date(2021, 3, 17))]


@breaks("year_meeting_ends_after_it_begins")
def a_meeting_without_an_end():
    return [changed(make_year(), meets_from=date(2021, 3, 17))]


@breaks("year_state_is_known")
def an_unknown_state():
    return [changed(make_year(), state="adjourned")]


@breaks("year_is_of_this_century")
def a_year_mistyped():
    return [changed(make_year(), fiscal_year=202)]


@breaks("year_born_prepared")
def a_year_born_open():
    year = make_year(state=YearState.PREPARED)
    return [again(year, fiscal_year=2023, state="open")]


@breaks("year_of_the_provincial_office")
def a_year_of_a_regency():
    return [again(make_year(), state="prepared", office_id=cast.make_office().pk)]


@breaks("year_of_the_provincial_office")
def a_year_handed_to_the_planning_agency():
    planning = cast.make_office(cast.PROVINCE, "planning")
    return [changed(make_year(), office_id=planning.pk)]


@breaks("year_moves_forward")
def a_closed_year_opened_without_a_reason():
    return [changed(make_year(state=YearState.CLOSED), state="open")]


@breaks("year_moves_forward")
def a_signed_year_opened_with_a_reason():
    year = make_year(state=YearState.SIGNED)
    return [changed(year, state="open", state_reason="Ada usulan susulan")]


@breaks("year_moves_forward")
def a_meeting_called_off():
    year = make_year(state=YearState.MEETING)
    return [changed(year, state="closed")]


@breaks("year_reason_only_while_open")
def a_year_closed_with_the_reason_of_its_last_opening():
    year = make_year(state=YearState.OPEN)
    return [changed(year, state="closed", state_reason="Ada usulan susulan")]


@breaks("office_year_once")
def what_an_office_has_of_a_year_twice():
    return [again(make_office_year(cast.make_office()))]


@breaks("office_year_extension_has_a_reason")
def an_extension_without_a_reason():
    own = make_office_year(cast.make_office())
    return [changed(own, extended_until=timezone.now() + timedelta(days=3))]


@breaks("office_year_extension_has_a_reason")
def a_reason_without_an_extension():
    return [changed(make_office_year(cast.make_office()), extension_reason="Banjir")]


@breaks("office_year_letter_is_whole")
def a_covering_letter_of_nobody():
    return [changed(make_office_year(cast.make_office()), letter_by_id=None)]


@breaks("office_year_letter_is_whole")
def a_letter_without_its_file():
    return [changed(make_office_year(cast.make_office()), letter="")]


@breaks("ceiling_once")
def two_ceilings_of_a_whole_source():
    return [again(make_ceiling(1))]


@breaks("ceiling_not_negative")
def a_ceiling_below_zero():
    return [changed(make_ceiling(1), amount_rp=-1)]


def sector_flag(sector="singkong", rank=1):
    return PriorityFlag.objects.create(
        year=current_year(), sector=lists.sector(sector), rank=rank, reason="Arahan gubernur"
    )


def commodity_flag():
    return PriorityFlag.objects.create(
        year=current_year(), commodity=lists.commodity(), rank=1, reason="Arahan gubernur"
    )


@breaks("flag_of_a_sector_or_a_commodity")
def a_flag_of_both():
    return [changed(sector_flag(), commodity_id=lists.commodity().pk)]


@breaks("flag_of_a_sector_or_a_commodity")
def a_flag_of_nothing():
    return [changed(sector_flag(), sector_id=None)]


@breaks("flag_has_a_reason")
def a_flag_without_a_reason():
    return [changed(sector_flag(), reason=" \n ")]


@breaks("flag_rank_counts_from_one")
def a_rank_of_zero():
    return [changed(sector_flag(), rank=0)]


@breaks("flag_once_per_sector")
def a_sector_flagged_twice():
    return [again(sector_flag(), rank=2)]


@breaks("flag_once_per_commodity")
def a_commodity_flagged_twice():
    return [again(commodity_flag(), rank=2)]


@breaks("flag_sector_rank_once")
def two_sectors_of_one_rank():
    sector_flag("padi", 1)
    return [changed(sector_flag("pakan", 2), rank=1)]


@breaks("flag_limit")
def one_sector_more_than_the_year_allows():
    make_year(max_priority_sectors=1)
    return [again(sector_flag(), sector_id=lists.sector("padi").pk, rank=2)]


@breaks("flag_limit")
def a_limit_below_what_is_flagged():
    sector_flag()
    return [changed(current_year(), max_priority_sectors=0)]


@breaks("flag_limit")
def a_flag_moved_into_a_full_year():
    make_year(max_priority_sectors=1)
    sector_flag()
    set_state(current_year(), YearState.CLOSED)
    other = make_year(2023)
    return [changed(sector_flag("padi"), year_id=current_year_before(other).pk)]


def current_year_before(year):
    return type(year).objects.get(fiscal_year=year.fiscal_year - 1)


@breaks("flag_limit")
def a_flag_turned_from_commodity_to_sector():
    make_year(max_priority_sectors=1)
    sector_flag()
    return [changed(commodity_flag(), sector_id=lists.sector("padi").pk, commodity_id=None, rank=2)]


@breaks("flag_stage_once")
def a_stage_decided_twice():
    stage = lists.keyed(DerivativeStage, "tapioka_kasar", tree="CASSAVA", stage="antara")
    return [again(FlagStage.objects.create(flag=sector_flag(), stage=stage))]
