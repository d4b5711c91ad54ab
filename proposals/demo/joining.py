"""Joint programmes of the example files: formed, shared out, joined, consented to, agreed."""

from decimal import Decimal

from proposals import workflow
from proposals.catalogue.loading import rows
from proposals.catalogue.loading.rows import Line
from proposals.demo.acting import act
from proposals.demo.lists import Lists
from proposals.demo.people import Cast
from proposals.enums import JointAction, OfficeKind, ResultKind
from proposals.harmonisation import actions as harmonisation
from proposals.harmonisation.actions import ShareGiven
from proposals.models import JointProgramme, PlanningYear, Proposal
from proposals.workflow import Given

Sent = dict[str, Proposal]
NOTE = "Disepakati bersama pada sidang lintas meja (data contoh)."


class Joining:
    """The coordinator's table: groups and what becomes of them."""

    def __init__(self, year: PlanningYear, cast: Cast, lists: Lists) -> None:
        self.year = year
        self.cast = cast
        self.lists = lists

    def form(self, line: Line, members: list[Proposal]) -> JointProgramme:
        """Let the coordinator lay proposals side by side."""
        return act(
            self.cast.coordinator,
            harmonisation.form_group,
            year=self.year,
            proposals=members,
            kind=line["kind"],
            title=line["title"],
            lead_office=self.lists.offices[line["lead_region"], OfficeKind.INDUSTRY],
        )

    def design(self, joint: JointProgramme, line: Line, shares: list[Line]) -> JointProgramme:
        """Let the coordinator write the programme's own content and everybody's share."""
        values = {
            "intervention": self.lists.interventions[line["intervention_key"]],
            "nomenclature": self.lists.nomenclature[line["nomenclature_key"]],
            "commodity": self.lists.commodities.get(line["commodity_key"]),
            "amount_rp": Decimal(line["budget_rp"]),
        }
        return act(
            self.cast.coordinator,
            harmonisation.save_programme,
            joint=joint,
            row_version=joint.row_version,
            values=values,
            outputs=_results(line),
            shares=self._given(joint, shares),
        )

    def _given(self, joint: JointProgramme, shares: list[Line]) -> dict[int, ShareGiven]:
        ids = {share.proposal.number: share.pk for share in joint.shares.select_related("proposal")}
        return {
            ids[line["proposal_no"]]: ShareGiven(
                Decimal(line["amount_rp"]),
                self.lists.funding[line["funding_key"]],
                line["delivery"],
            )
            for line in shares
        }

    def join(self, joint: JointProgramme) -> JointProgramme:
        """Let the coordinator join it: number given, members merged."""
        return act(self.cast.coordinator, workflow.take_joint, JointAction.JOIN, joint=joint)

    def consent(self, joint: JointProgramme, shares: list[Line]) -> None:
        """Let those heads consent whose line says so."""
        named = {line["proposal_no"] for line in shares if rows.truth(line["consent"])}
        for share in joint.shares.select_related("proposal__office__region"):
            if share.proposal.number in named:
                head = self.cast.head(share.proposal.office.region.code)
                act(head, harmonisation.consent, share=share, note="Setuju digabung (data contoh).")

    def agree(self, joint: JointProgramme) -> JointProgramme:
        """Let the head of the provincial office agree it."""
        return act(
            self.cast.province_head,
            workflow.take_joint,
            JointAction.AGREE,
            joint=joint,
            given=Given(note=NOTE),
        )

    def make_all(self, sent: Sent) -> None:
        """Make every joint programme of the files, in their order: numbers follow it."""
        shares = rows.read("joint_shares_example")
        for line in rows.read("joint_programmes_example"):
            own = [share for share in shares if share["number"] == line["number"]]
            joint = self.form(line, [sent[share["proposal_no"]] for share in own])
            joint = self.join(self.design(joint, line, own))
            if joint.number != line["number"]:
                raise ValueError(f"{line['title']}: {joint.number} instead of {line['number']}")
            self.consent(joint, own)
            self.agree(joint)


def _results(line: Line) -> list[dict[str, object]]:
    return [
        {
            "kind": kind,
            "text": line[name],
            "unit": line[f"{name}_unit"],
            "target": Decimal(line[f"{name}_target"]),
        }
        for name, kind in (("output", ResultKind.OUTPUT), ("outcome", ResultKind.OUTCOME))
    ]
