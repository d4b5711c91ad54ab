"""Regions, offices and people that must not be."""

from proposals.enums import OfficeKind, Role
from proposals.models import RegionNeighbour
from tests import cast, lists
from tests.models.refusals import again, breaks, changed


@breaks("region_province_has_no_parent")
def a_regency_without_a_province():
    return [changed(lists.region("63.01"), parent_id=None)]


@breaks("region_province_has_no_parent")
def a_province_below_a_regency():
    return [changed(lists.region("63"), parent_id=lists.region("63.01").pk)]


def border():
    return RegionNeighbour.objects.create(
        region=lists.region("63.01"), neighbour=lists.region("63.02")
    )


@breaks("region_neighbour_once")
def a_border_twice():
    return [again(border())]


@breaks("region_is_not_its_own_neighbour")
def a_border_with_itself():
    return [changed(border(), neighbour_id=lists.region("63.01").pk)]


@breaks("proposals_region_code_key")
def a_region_twice():
    return [again(lists.region("63"))]


@breaks("office_once_per_region_and_kind")
def a_second_industry_office():
    return [again(cast.make_office())]


@breaks("user_email_once_in_any_case")
def an_address_in_capitals():
    officer = cast.person(Role.OFFICER)
    return [again(officer, email=officer.email.upper())]


@breaks("user_role_is_known")
def an_unknown_role():
    return [changed(cast.person(Role.REVIEWER), role="minister")]


@breaks("user_has_an_office_unless_observer")
def a_reviewer_without_office():
    return [changed(cast.person(Role.REVIEWER), office_id=None)]


def provincial(role):
    @breaks("user_provincial_role_in_provincial_office")
    def in_a_regency():
        return [changed(cast.person(role), office_id=cast.make_office().pk)]

    @breaks("user_provincial_role_in_provincial_office")
    def in_the_planning_agency():
        planning = cast.make_office(cast.PROVINCE, OfficeKind.PLANNING)
        return [changed(cast.person(role), office_id=planning.pk)]

    in_a_regency.__name__ = f"{role}_in_a_regency"
    in_the_planning_agency.__name__ = f"{role}_in_the_planning_agency"


for provincial_role in (
    *(Role.GATE_CHECKER, Role.REVIEWER, Role.COORDINATOR),
    *(Role.PROVINCE_HEAD, Role.ADMIN),
):
    provincial(provincial_role)


@breaks("user_provincial_role_in_provincial_office")
def an_officer_made_admin_where_he_sits():
    return [changed(cast.person(Role.OFFICER), role="admin")]


@breaks("user_head_in_regency_office")
def a_regency_head_in_the_provincial_office():
    return [changed(cast.person(Role.HEAD), office_id=cast.make_office(cast.PROVINCE).pk)]


@breaks("user_head_in_regency_office")
def a_head_in_the_planning_agency():
    planning = cast.make_office(cast.REGENCY, OfficeKind.PLANNING)
    return [changed(cast.person(Role.HEAD), office_id=planning.pk)]


@breaks("user_officer_in_industry_office")
def an_officer_in_the_planning_agency():
    planning = cast.make_office(cast.PROVINCE, OfficeKind.PLANNING)
    return [changed(cast.person(Role.OFFICER), office_id=planning.pk)]


@breaks("user_bappeda_in_planning_office")
def a_planner_in_the_industry_office():
    return [changed(cast.person(Role.BAPPEDA), office_id=cast.make_office(cast.PROVINCE).pk)]


@breaks("office_with_people_stays")
def an_office_moved_under_its_people():
    return [changed(cast.person(Role.HEAD).office, region_id=lists.region("63").pk)]


@breaks("office_with_people_stays")
def an_industry_office_turned_planning_agency():
    return [changed(cast.person(Role.REVIEWER).office, kind="planning")]
