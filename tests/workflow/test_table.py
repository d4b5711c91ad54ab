"""Every action x every status x everybody: what the table allows happens, nothing else does."""

import pytest

from proposals.enums import Action, Role, Status
from proposals.models import Proposal
from proposals.refused import Refused
from proposals.workflow import Given, hindrances, offered, take
from tests import cast
from tests.builders import make_proposal
from tests.house.test_transitions import HOUSE
from tests.scenes import kept_for_module, scribble
from tests.workflow.acts import act

OWN, OTHER, PROVINCE = cast.REGENCY, cast.OTHER_REGENCY, cast.PROVINCE
PEOPLE = [
    *((role, code) for role in (Role.OFFICER, Role.HEAD) for code in (OWN, OTHER)),
    (Role.OFFICER, PROVINCE),
    *((role, None) for role in Role if role not in {Role.OFFICER, Role.HEAD}),
]
OF_THE_OFFICE = {"hand_to_head", "send", "take_back", "withdraw"}


def person(role, code):
    return cast.person(role, cast.make_office(code) if code else None)


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """One proposal in every status, of the office 63.01 and of the provincial office."""
    with kept_for_module(django_db_blocker):
        everybody = [person(*who) for who in PEOPLE]
        offices = cast.make_office(OWN), cast.make_office(PROVINCE)
        made = {o.region.code: {s: make_proposal(o, s) for s in Status} for o in offices}
        yield everybody, made


def is_allowed(action, status, by, office_id):
    """Read the house's own table, and that offices act on their own alone."""
    sources, _, roles = HOUSE[action]
    in_table = by.role in roles.split() and status in sources.split()
    return in_table and (action not in OF_THE_OFFICE or by.office_id == office_id)


def tried(action, proposal, by, *, is_ready):
    """Take an action, with everything ready or not; return the status after it, None if refused."""
    with scribble():
        proposal = Proposal.objects.get(pk=proposal.pk) if is_ready else proposal
        given = act(action, proposal, by) if is_ready else Given()
        try:
            return take(action, proposal=proposal, by=by, given=given).status
        except Refused:
            return None


def worth_taking(action, status, by):
    """Leave out what neither role nor status allows: its hindrance is asked below."""
    sources, _, roles = HOUSE[action]
    return by.role in roles.split() or status in sources.split()


@pytest.mark.parametrize("code", [OWN, PROVINCE])
@pytest.mark.parametrize("action", Action)
def test_every_action_from_every_status_by_everybody(scene, action, code):
    everybody, made = scene
    before = set(Proposal.objects.values_list("pk", "status", "row_version"))
    wrong = []
    for status, proposal in made[code].items():
        for by in (one for one in everybody if worth_taking(action, status, one)):
            right = is_allowed(action, status, by, proposal.office_id)
            came = tried(action, proposal, by, is_ready=right)
            if came != (HOUSE[action][1] if right else None):
                wrong.append(f"{by.role} of {by.office}: {status} -> {came}")
    assert wrong == []
    assert set(Proposal.objects.values_list("pk", "status", "row_version")) == before


@pytest.mark.parametrize("action", Action)
def test_a_wrong_role_is_the_only_reason_given(scene, action):
    everybody, made = scene
    said = {
        reason
        for proposal in made[OWN].values()
        for by in everybody
        if by.role not in HOUSE[action][2].split()
        for reason in hindrances(action, proposal=proposal, user=by)
    }
    assert said == {"Your role may not do this."}


@pytest.mark.parametrize("action", Action)
def test_a_wrong_status_is_the_only_reason_given(scene, action):
    everybody, made = scene
    by = next(one for one in everybody if one.role in HOUSE[action][2].split())
    for status, proposal in made[OWN].items():
        if status not in HOUSE[action][0].split():
            assert hindrances(action, proposal=proposal, user=by) == [
                f"Not possible while the proposal is: {status.label}."
            ]


def test_offered_is_what_the_table_has_for_the_person(scene):
    everybody, made = scene
    for code in (OWN, PROVINCE):
        for status, proposal in made[code].items():
            for by in everybody:
                assert set(offered(proposal, by)) == {
                    a for a in Action if is_allowed(a, status, by, proposal.office_id)
                }


def test_the_table_was_tried_on_real_rows(db):
    assert len(PEOPLE) == len({person(*who).pk for who in PEOPLE}) == 12
