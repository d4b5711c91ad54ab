"""Two sessions at one moment: the second waits for the first, and then sees what it did."""

import pytest
from django.db import IntegrityError, transaction

from proposals.enums import Action, JointAction, Role, Status
from proposals.models import Ceiling, Decision, OfficeYear, Output, PriorityFlag, Proposal
from proposals.refused import Refused
from proposals.workflow import Given, take, take_joint
from tests import cast, lists
from tests.builders import current_year, make_ceiling, make_joint, make_proposal, make_year
from tests.models.broken.joint import NOW, decision
from tests.models.two import Other

pytestmark = pytest.mark.django_db(transaction=True)

S = Status


def rule(error):
    assert isinstance(error, IntegrityError), error
    return error.__cause__.diag.constraint_name


def agree_raw(proposal):
    """Decide and let it take effect, with no lock but the database's own."""
    with transaction.atomic():
        decision(proposal, "agreed", agreed_rp=proposal.requested_rp)
        Proposal.objects.filter(pk=proposal.pk).update(
            status=S.AGREED, agreed_rp=proposal.requested_rp, decided_at=NOW
        )


def test_two_requests_cannot_share_the_last_rupiah_of_a_ceiling():
    first, second = make_proposal(status=S.AT_DESK), make_proposal(status=S.AT_DESK)
    make_ceiling(2 * first.requested_rp - 1)
    cast.person(Role.PROVINCE_HEAD)
    other = Other(lambda: agree_raw(second))
    with transaction.atomic():
        agree_raw(first)
        other.begin_and_wait()
    assert rule(other.end()) == "decision_within_ceiling"
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    ("act", "refused"),
    [
        (lambda found: found.update(amount_rp=1), "ceiling_below_agreed_has_reason"),
        (lambda found: found.delete(), "ceiling_with_agreed_stays"),
    ],
)
def test_a_ceiling_does_not_sink_or_go_while_something_is_agreed(act, refused):
    proposal = make_proposal(status=S.AT_DESK)
    ceiling = make_ceiling(proposal.requested_rp)
    cast.person(Role.PROVINCE_HEAD)
    other = Other(lambda: act(Ceiling.objects.filter(pk=ceiling.pk)))
    with transaction.atomic():
        agree_raw(proposal)
        other.begin_and_wait()
    assert rule(other.end()) == refused
    assert Ceiling.objects.get().amount_rp == proposal.requested_rp


def test_two_sectors_cannot_take_the_last_flag():
    year = make_year(max_priority_sectors=1)
    first, second = lists.sector("padi"), lists.sector("pakan")

    def flag(sector, rank):
        return PriorityFlag.objects.create(year=year, sector=sector, rank=rank, reason="Arahan")

    other = Other(lambda: flag(second, 2))
    with transaction.atomic():
        flag(first, 1)
        other.begin_and_wait()
    assert rule(other.end()) == "flag_limit"
    assert [flagged.sector for flagged in PriorityFlag.objects.all()] == [first]


def test_two_sendings_get_two_numbers():
    first, second = make_proposal(), make_proposal()
    head = cast.person(Role.HEAD)
    other = Other(lambda: take(Action.SEND, proposal=second, by=head).number)
    with transaction.atomic():
        number = take(Action.SEND, proposal=first, by=head).number
        other.begin_and_wait()
    assert (number, other.end()) == ("RT22-6301-01", "RT22-6301-02")


def test_the_first_two_sendings_of_a_provincial_office_get_two_numbers():
    """No letter is asked of the province: nothing of its year stands before the first number."""
    office = cast.make_office(cast.PROVINCE)
    first, second = make_proposal(office), make_proposal(office)
    OfficeYear.objects.all().delete()
    head = cast.person(Role.PROVINCE_HEAD)
    other = Other(lambda: take(Action.SEND, proposal=second, by=head).number)
    with transaction.atomic():
        number = take(Action.SEND, proposal=first, by=head).number
        other.begin_and_wait()
    assert (number, other.end()) == ("RT22-6300-01", "RT22-6300-02")


def test_one_proposal_is_decided_once():
    proposal = make_proposal(status=S.AT_DESK)
    head, coordinator = cast.person(Role.PROVINCE_HEAD), cast.person(Role.COORDINATOR)
    given = Given(agreed_rp=proposal.requested_rp)
    other = Other(lambda: take(Action.AGREE, proposal=proposal, by=coordinator, given=given))
    with transaction.atomic():
        take(Action.AGREE, proposal=proposal, by=head, given=given)
        other.begin_and_wait()
    assert isinstance(other.end(), Refused)
    assert Decision.objects.count() == 1


def test_nothing_slips_into_a_proposal_while_it_is_sent():
    draft = make_proposal()
    other = Other(
        lambda: Output.objects.create(
            proposal=draft, kind="output", text="Terlambat", unit="orang", target=1
        )
    )
    head = cast.person(Role.HEAD)
    with transaction.atomic():
        take(Action.SEND, proposal=draft, by=head)
        other.begin_and_wait()
    assert rule(other.end()) == "proposal_content_is_closed"
    sent = [result["text"] for result in draft.versions.get().content["outputs"]]
    assert sent == ["Pelaku IKM yang memakai cara olah baru", "Pelaku IKM terlatih"]


def test_two_joinings_get_two_numbers():
    groups = [make_joint(state="forming") for _ in range(2)]
    for group in groups:
        group.amount_rp = sum(share.amount_rp for share in group.shares.all())
        group.save(update_fields=["amount_rp"])
    head = cast.person(Role.PROVINCE_HEAD)
    other = Other(lambda: take_joint(JointAction.JOIN, joint=groups[1], by=head).number)
    with transaction.atomic():
        number = take_joint(JointAction.JOIN, joint=groups[0], by=head).number
        other.begin_and_wait()
    assert (number, other.end()) == ("PROV-01", "PROV-02")
    assert current_year().joint_programmes.count() == 2
