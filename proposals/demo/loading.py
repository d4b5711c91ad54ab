"""Loads the whole demo into a database without people, in the order in which it happened."""

from collections.abc import Callable

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from proposals.catalogue.loading import load_catalogue, rows
from proposals.catalogue.loading.rows import Line
from proposals.demo.deciding import MERGED, RETURNED, Deciding, Ending, ending_of
from proposals.demo.joining import Joining
from proposals.demo.lists import Lists
from proposals.demo.offices import Offices
from proposals.demo.people import Cast, make_people
from proposals.demo.planning import make_year
from proposals.demo.province import Province
from proposals.demo.scaling import make_scale
from proposals.demo.stages import Stages
from proposals.enums import Action, Recommendation
from proposals.models import Proposal
from proposals.workflow import Given

Say = Callable[[str], None]
Written = list[tuple[Line, Proposal]]
LANGUAGE = "id"


@transaction.atomic
def load(say: Say) -> None:
    """Make people, year and proposals through the actions that people use; all or nothing."""
    with translation.override(LANGUAGE):
        say(_("Loading example data: lists and people ..."))
        load_catalogue()
        make_people()
        Demo(say).run()
        say(_("Example data: %(count)s proposals.") % {"count": Proposal.objects.count()})


class Demo:
    """The example year: the 60 proposals, the province's five, and those that are under way."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.cast = Cast()
        self.lists = Lists()
        self.year = make_year(self.cast, self.lists)
        self.offices = Offices(self.year, self.cast, self.lists)
        self.province = Province(self.cast, self.lists)
        self.joining = Joining(self.year, self.cast, self.lists)

    def run(self) -> None:
        """Write, send, check, join and decide."""
        make_scale(self.year, self.cast)
        files = ("proposals_example", "province_programmes_example", "further_proposals_example")
        self.offices.write_letters()
        regencies, own, further = (self.write(rows.read(name)) for name in files)
        self.offices.order([*regencies, *own, *further])
        sent = self.send(regencies)
        self.send(own)
        self.review_and_decide(sent)
        self.bring_own([proposal for _line, proposal in own])
        self.bring_further(further)

    def write(self, lines: list[Line]) -> Written:
        """Let the officers write their proposals."""
        self.say(_("Loading example data: writing %(count)s proposals ...") % {"count": len(lines)})
        return [(line, self.offices.write(line)) for line in lines]

    def send(self, written: Written) -> dict[str, Proposal]:
        """Send in the order of the file; the numbers must come out equal."""
        self.say(
            _("Loading example data: sending %(count)s proposals ...") % {"count": len(written)}
        )
        sent = {}
        for line, proposal in written:
            number = line["proposal_no"]
            sent[number] = self.offices.send(proposal)
            if sent[number].number != number:
                raise ValueError(f"{sent[number].number} instead of {number}")
        return sent

    def review_and_decide(self, sent: dict[str, Proposal]) -> None:
        """Bring every example proposal to the end that the decisions tell."""
        self.say(_("Loading example data: checking and scoring ..."))
        deciding = Deciding(self.province, self.lists)
        endings: dict[str, Ending] = {
            line["proposal_no"]: ending_of(line) for line in rows.read("decisions_example")
        }
        for number, ending in endings.items():
            sent[number] = deciding.review(sent[number], ending)
        self.say(_("Loading example data: joining and deciding ..."))
        self.joining.make_all(sent)
        for number, ending in endings.items():
            if ending.kind not in {MERGED, RETURNED}:
                deciding.decide(sent[number], ending)

    def bring_own(self, own: list[Proposal]) -> None:
        """Leave the province's own programmes at five different places, as no file says how."""
        for place, proposal in enumerate(own):
            sent = Proposal.objects.get(pk=proposal.pk)
            if place < len(own) - 1:
                sent = self.province.accept(sent)
            if place < len(own) - 2:
                written = self.province.score(sent, Recommendation.AGREE)
                self.province.finish(written)
                sent.refresh_from_db()
                sent = self.province.put_on_desk(sent)
            if place < len(own) - 3:
                given = Given(agreed_rp=sent.requested_rp)
                self.province.decide(Action.AGREE, sent, given)

    def bring_further(self, further: Written) -> None:
        """Bring the other proposals to their stages."""
        self.say(_("Loading example data: proposals under way ..."))
        stages = Stages(self.offices, self.province, self.joining)
        for line, proposal in further:
            stages.bring(proposal, line["stage"])
        stages.join_the_rest()
