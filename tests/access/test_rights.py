"""Who may do what: every question of access for every role, at home and abroad."""

import pytest
from django.contrib.auth.models import AnonymousUser

from proposals import access
from proposals.enums import Role
from proposals.models import User
from tests import cast

OWN = 1
OTHER = 2
EVERYBODY = {*Role, "stranger", "unknown", "inactive"}
PROVINCE = {Role.GATE_CHECKER, Role.REVIEWER, Role.COORDINATOR, Role.PROVINCE_HEAD}
OFFICE = {Role.OFFICER, Role.HEAD}

ANYWHERE = {
    access.may_file: OFFICE,
    access.sees_scores: PROVINCE,
    access.sees_decisions: PROVINCE | {Role.BAPPEDA},
    access.sees_recap: PROVINCE | {Role.ADMIN, Role.BAPPEDA},
    access.may_see_queue: PROVINCE | {Role.ADMIN, Role.BAPPEDA},
    access.sees_addresses: PROVINCE | {Role.ADMIN},
    access.may_check_gates: {Role.GATE_CHECKER},
    access.may_review: {Role.REVIEWER},
    access.may_return: {Role.GATE_CHECKER, Role.REVIEWER},
    access.may_assign: {Role.COORDINATOR},
    access.may_comment_internally: PROVINCE,
    access.may_decide: {Role.PROVINCE_HEAD, Role.COORDINATOR},
    access.may_join: {Role.COORDINATOR, Role.PROVINCE_HEAD, Role.REVIEWER},
    access.may_administer: {Role.ADMIN},
    access.sees_scale: OFFICE | PROVINCE | {Role.ADMIN, Role.BAPPEDA},
    access.sees_draft_scale: PROVINCE | {Role.ADMIN},
    access.may_set_scale: {Role.PROVINCE_HEAD, Role.COORDINATOR},
    access.may_keep_statistics: {Role.ADMIN},
}
OF_OWN_OFFICE = {
    access.may_write_content: OFFICE | {Role.PROVINCE_HEAD},
    access.may_rank: OFFICE | {Role.PROVINCE_HEAD},
    access.may_approve: {Role.HEAD, Role.PROVINCE_HEAD},
    access.sees_own_score: OFFICE,
    access.sees_decision_of: OFFICE | PROVINCE | {Role.BAPPEDA},
    access.may_comment: OFFICE | PROVINCE,
    access.may_consent: {Role.HEAD},
}
OF_OTHER_OFFICE = {
    access.may_write_content: set(),
    access.may_rank: set(),
    access.may_approve: set(),
    access.sees_own_score: set(),
    access.sees_decision_of: PROVINCE | {Role.BAPPEDA},
    access.may_comment: PROVINCE,
    access.may_consent: set(),
}


def people():
    """Return a person of each role in office 1, and those whom nobody knows."""
    known = {role: User(role=role, office_id=OWN) for role in Role}
    return known | {
        "stranger": AnonymousUser(),
        "unknown": User(role="minister", office_id=OWN),
        "inactive": User(role=Role.PROVINCE_HEAD, office_id=OWN, is_active=False),
    }


def named(question):
    return question.__name__


@pytest.mark.parametrize("question", ANYWHERE, ids=named)
def test_rights_of_a_role(question):
    assert {name for name, user in people().items() if question(user)} == ANYWHERE[question]


@pytest.mark.parametrize("question", OF_OWN_OFFICE, ids=named)
def test_rights_in_the_own_office(question):
    able = {name for name, user in people().items() if question(user, OWN)}
    assert able == OF_OWN_OFFICE[question]


@pytest.mark.parametrize("question", OF_OTHER_OFFICE, ids=named)
def test_rights_in_another_office(question):
    able = {name for name, user in people().items() if question(user, OTHER)}
    assert able == OF_OTHER_OFFICE[question]


def test_every_question_of_access_is_asked_here():
    asked = {question.__name__ for question in (*ANYWHERE, *OF_OWN_OFFICE)}
    questions = {name for name in dir(access) if name.startswith(("may_", "sees_"))}
    assert questions == asked


def test_who_has_no_office_files_nothing():
    assert not access.may_file(User(role=Role.OFFICER, office_id=None))


def test_only_the_province_reads_what_it_writes_while_reviewing():
    hidden = {name for name, u in people().items() if access.history_columns_hidden_from(u)}
    assert hidden == EVERYBODY - PROVINCE
    assert access.history_columns_hidden_from(people()[Role.HEAD]) == {
        *("recommended_rp", "score_pct", "unscored_reason"),
        *("lead_division", "lead_reviewer"),
    }


@pytest.mark.django_db
def test_the_office_of_a_person():
    officer = cast.person(Role.OFFICER)
    assert access.office_of(officer) == officer.office_id
    assert access.office_of(AnonymousUser()) is None
