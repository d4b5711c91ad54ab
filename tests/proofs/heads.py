"""What heads of offices do at random: order, approve, give back, send many at once."""

from proposals.enums import Role
from proposals.filing import actions as filing
from proposals.models import Proposal
from tests.builders import current_year


class HeadActs:
    """The acts of the head's room; the world draws who acts on what."""

    def set_order(self):
        by = self.somebody(Role.HEAD, Role.OFFICER)
        rows = list(Proposal.objects.filter(office=by.office_id).values_list("pk", flat=True))
        self.die.shuffle(rows)
        filing.set_order(year=current_year(), by=by, proposal_ids=rows[:5])
        return True

    def head_work(self):
        proposal = self.proposal("draft", "awaiting_head", "returned")
        by = self.somebody(Role.HEAD, Role.PROVINCE_HEAD, office=proposal.office_id)
        work = self.die.choice(["approve", "approve", "unapprove", "give_back"])
        self.story[-1:] = [f"{work} of {proposal.pk}, {proposal.status}, by {by.role}"]
        note = {"note": "Lengkapi" if self.often() else " "} if work == "give_back" else {}
        getattr(filing, work)(proposal=proposal, by=by, **note)
        return True

    def fix_order(self):
        by, year = self.somebody(Role.HEAD, Role.PROVINCE_HEAD), current_year()
        if self.often(0.4):
            filing.open_order(year=year, by=by)
            return True
        live = Proposal.objects.filter(office=by.office_id).exclude(status="withdrawn")
        rows = list(live.order_by("own_rank", "pk").values_list("pk", flat=True))
        filing.fix_order(year=year, by=by, proposal_ids=rows if self.often() else rows[1:])
        return True

    def send_several(self):
        by = self.somebody(Role.HEAD, Role.PROVINCE_HEAD)
        rows = Proposal.objects.filter(office=by.office_id, approved_at__isnull=False)
        return filing.send_all(proposals=rows.order_by("own_rank", "pk"), by=by)
