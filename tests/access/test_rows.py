"""Who sees which rows: every role, every status, own office, another's and the province's.

The tables here are written from the house, section 5, not from the code. Each row that could leak
is built and looked for.
"""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import AnonymousUser

from proposals import access
from proposals.enums import JointState, RequestTo, Role, Status, YearState
from proposals.models import JointProgramme, Proposal, User
from tests import cast
from tests.builders import make_joint, make_proposal, make_year, set_state
from tests.moves import join, move
from tests.scenes import kept_for_module, scribble

OWN, OTHER, PROVINCE = cast.REGENCY, cast.OTHER_REGENCY, cast.PROVINCE
OFFICES = (OWN, OTHER, PROVINCE)
SENT = {"sent", "under_review", "at_desk", "returned", "agreed", "merged"}
SENT |= {"redirected", "deferred", "rejected"}
RESULTS = {"agreed", "merged", "redirected", "deferred", "rejected"}
ALL = {*map(str, Status), "withdrawn as a draft"}
PEOPLE = {
    "officer": (Role.OFFICER, OWN),
    "head": (Role.HEAD, OWN),
    "provincial officer": (Role.OFFICER, PROVINCE),
    "gate checker": (Role.GATE_CHECKER, None),
    "reviewer": (Role.REVIEWER, None),
    "coordinator": (Role.COORDINATOR, None),
    "province head": (Role.PROVINCE_HEAD, None),
    "admin": (Role.ADMIN, None),
    "bappeda": (Role.BAPPEDA, None),
    "observer": (Role.OBSERVER, None),
}


@dataclass
class Scene:
    """Every status of every office in an open year, and the same results in a signed year."""

    names: dict
    joints: dict


def word(proposal, status):
    return "withdrawn as a draft" if status == Status.WITHDRAWN and not proposal.number else status


def proposals_of(code):
    office = cast.make_office(code)
    made = [make_proposal(office, status, is_bare=True) for status in Status]
    made.append(move(make_proposal(office, is_bare=True), Status.WITHDRAWN))
    return {proposal.pk: (code, str(word(proposal, proposal.status))) for proposal in made}


def joints_of_year():
    asks = make_proposal(cast.make_office(OWN), Status.UNDER_REVIEW, request_to=RequestTo.OWN)
    mine = make_proposal(cast.make_office(OWN), Status.UNDER_REVIEW)
    named = {
        make_joint([asks], state=JointState.FORMING).pk: "forming, own purse asked",
        make_joint([mine], state=JointState.FORMING).pk: "forming, own member",
    }
    theirs = [make_proposal(cast.make_office(OTHER), Status.UNDER_REVIEW) for _ in range(4)]
    for member, state in zip(theirs, ("forming", "joined", "agreed", "deferred"), strict=True):
        named[make_joint([member], state=state).pk] = f"{state}, other member"
    own = make_proposal(cast.make_office(OWN), Status.UNDER_REVIEW)
    named[join(make_joint([own], state=JointState.FORMING)).pk] = "joined, own member"
    return named


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with kept_for_module(django_db_blocker):
        make_year(2022)
        names = {}
        for code in OFFICES:
            names |= proposals_of(code)
        joints = joints_of_year()
        lone = {JointProgramme.objects.get(shares__proposal=pk).pk for pk in merged(names)}
        joints |= dict.fromkeys(lone, "joined alone")
        yield Scene(names, {pk: name for pk, name in joints.items() if name != "joined alone"})


def merged(names):
    return [pk for pk, (_, status) in names.items() if status == "merged"]


def who(name):
    role, code = PEOPLE[name]
    return cast.person(role, cast.make_office(code) if code else None)


def seen(scene, rows):
    return {scene.names[pk] for pk in rows.values_list("pk", flat=True) if pk in scene.names}


def of(code, statuses):
    return {(code, status) for status in statuses}


SENT_OF_ALL = {row for code in OFFICES for row in of(code, SENT | {"withdrawn"})}
READS = {
    "officer": of(OWN, ALL),
    "head": of(OWN, ALL),
    "provincial officer": of(PROVINCE, ALL),
    "gate checker": SENT_OF_ALL,
    "reviewer": SENT_OF_ALL,
    "coordinator": SENT_OF_ALL,
    "province head": SENT_OF_ALL | of(PROVINCE, ALL),
    "admin": SENT_OF_ALL,
    "bappeda": SENT_OF_ALL,
    "observer": set(),
}
SUMMARY_OF_ALL = {row for code in OFFICES for row in of(code, SENT)}
SUMMARY = {
    "officer": SUMMARY_OF_ALL,
    "head": SUMMARY_OF_ALL,
    "provincial officer": SUMMARY_OF_ALL,
    "province head": SENT_OF_ALL | of(PROVINCE, {"withdrawn as a draft"}),
}


@pytest.mark.parametrize("name", PEOPLE)
def test_whole_proposals(scene, name):
    assert seen(scene, Proposal.objects.visible_to(who(name))) == READS[name]


@pytest.mark.parametrize("name", PEOPLE)
def test_summaries(scene, name):
    rows = Proposal.objects.summary_visible_to(who(name))
    assert seen(scene, rows) == SUMMARY.get(name, READS[name])


@pytest.mark.parametrize("name", PEOPLE)
def test_histories(scene, name):
    rows = Proposal.objects.filter(access.history_rows_for(who(name)))
    reads_none = name in {"admin", "bappeda", "observer"}
    assert seen(scene, rows) == (set() if reads_none else READS[name])


@pytest.mark.parametrize("state", [YearState.SIGNED, YearState.ARCHIVED])
def test_after_signing_an_observer_reads_the_results_and_nothing_else(scene, state):
    observer = who("observer")
    with scribble():
        set_state(next(iter(Proposal.objects.all()[:1])).year, state)
        read = seen(scene, Proposal.objects.visible_to(observer))
        summary = seen(scene, Proposal.objects.summary_visible_to(observer))
    assert read == summary == {row for code in OFFICES for row in of(code, RESULTS)}


@pytest.mark.parametrize("state", [YearState.CLOSED, YearState.MEETING])
def test_before_signing_an_observer_reads_nothing(scene, state):
    with scribble():
        set_state(Proposal.objects.all()[0].year, state)
        assert seen(scene, Proposal.objects.visible_to(who("observer"))) == set()


FORMING = {"forming, own purse asked", "forming, own member", "forming, other member"}
JOINED = {"joined, own member", "joined, other member", "agreed, other member"}
JOINED |= {"deferred, other member"}
JOINTS = {
    "officer": JOINED | FORMING - {"forming, other member"},
    "head": JOINED | FORMING - {"forming, other member"},
    "provincial officer": JOINED,
    "gate checker": JOINED | FORMING,
    "reviewer": JOINED | FORMING,
    "coordinator": JOINED | FORMING,
    "province head": JOINED | FORMING,
    "admin": JOINED,
    "bappeda": JOINED,
    "observer": set(),
}


def joints_seen(scene, user):
    rows = JointProgramme.objects.filter(access.joint_rows_for(user)).values_list("pk", flat=True)
    return {scene.joints[pk] for pk in rows if pk in scene.joints}


@pytest.mark.parametrize("name", PEOPLE)
def test_joint_programmes(scene, name):
    assert joints_seen(scene, who(name)) == JOINTS[name]


def test_after_signing_an_observer_reads_what_was_joined(scene):
    with scribble():
        set_state(Proposal.objects.all()[0].year, YearState.SIGNED)
        assert joints_seen(scene, who("observer")) == JOINED


def unknown_role(user):
    user.role = "minister"


def inactive(user):
    user.is_active = False


@pytest.mark.parametrize("make", [unknown_role, inactive])
@pytest.mark.parametrize("name", PEOPLE)
def test_who_is_unknown_or_inactive_sees_nothing(scene, name, make):
    user = User.objects.get(pk=who(name).pk)
    make(user)
    nobody_sees_anything(user)


def test_a_stranger_sees_nothing(scene):
    nobody_sees_anything(AnonymousUser())


def nobody_sees_anything(user):
    assert list(Proposal.objects.visible_to(user)) == []
    assert list(Proposal.objects.summary_visible_to(user)) == []
    assert list(Proposal.objects.filter(access.history_rows_for(user))) == []
    assert list(JointProgramme.objects.filter(access.joint_rows_for(user))) == []


def test_the_summary_is_what_the_house_names():
    assert set(access.SUMMARY_COLUMNS) == {
        *("number", "title", "office", "commodity"),
        *("request_to", "requested_rp", "status"),
    }


def test_a_person_moved_to_another_office_sees_that_office_from_now_on(scene):
    with scribble():
        officer = who("officer")
        officer.office = cast.make_office(OTHER)
        officer.save()
        assert seen(scene, Proposal.objects.visible_to(officer)) == of(OTHER, ALL)
