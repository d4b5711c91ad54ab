"""The programme's own content and the share of each member."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from proposals import notices
from proposals.enums import Delivery, JointState
from proposals.harmonisation.actions import locks
from proposals.models import FundingSource, JointOutput, JointProgramme, Share, User
from proposals.refused import Refused
from proposals.workflow.joint import adding_up, shares_of

COLUMNS = frozenset(
    {"lead_office", "kind", "title", "intervention", "nomenclature", "commodity", "amount_rp"}
)
OUTPUT_COLUMNS = ("kind", "text", "unit", "target")
TERMS = ("amount_rp", "funding_source_id", "delivery")


@dataclass(frozen=True)
class ShareGiven:
    """What a person gives one member: whole rupiah, from which source, how, and its part."""

    amount_rp: Decimal
    funding_source: FundingSource
    delivery: str
    note: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """Return the columns of the share."""
        return {
            "amount_rp": self.amount_rp,
            "funding_source_id": self.funding_source.pk,
            "delivery": Delivery(self.delivery),
            "note": self.note.strip(),
        }


@transaction.atomic
def save_programme(
    *,
    joint: JointProgramme,
    by: User,
    row_version: int | None,
    values: Mapping[str, Any],
    outputs: Sequence[Mapping[str, Any]] | None = None,
    shares: Mapping[int, ShareGiven] | None = None,
) -> JointProgramme:
    """Save columns, the whole list of outputs and shares (by the share's id) in one act.

    What is not named stays. Of a joined programme the shares add up to the amount afterwards.
    Where nothing would change, nothing is written: a form sent twice is no conflict.
    """
    row = locks.lock_to_change(joint.pk, by)
    changed = _changed(row, values)
    has_new_outputs = outputs is not None and _outputs_differ(row, outputs)
    new_shares = _changed_shares(row, shares or {})
    if not (changed or has_new_outputs or new_shares):
        return row
    locks.refuse_stale(row, row_version)
    _refuse_wrong(row, changed)
    for name, value in changed.items():
        setattr(row, name, value)
    if outputs is not None and has_new_outputs:
        _write_outputs(row, outputs)
    write_shares(row, new_shares)
    locks.touch(row)
    _settle(row, by)
    return row


def _settle(joint: JointProgramme, by: User) -> None:
    """Refuse a gap, and ask whose own money the new terms of a joined programme would use."""
    refuse_gap(joint)
    if joint.state == JointState.JOINED:
        notices.consents_asked(joint, by=by)


def set_shares(
    *,
    joint: JointProgramme,
    by: User,
    row_version: int | None,
    shares: Mapping[int, ShareGiven],
    amount_rp: Decimal | None = None,
) -> JointProgramme:
    """Set shares by their ids, and with ``amount_rp`` the programme's amount in the same act."""
    values = {} if amount_rp is None else {"amount_rp": amount_rp}
    return save_programme(joint=joint, by=by, row_version=row_version, values=values, shares=shares)


def refuse_gap(joint: JointProgramme) -> None:
    """Refuse shares of a joined programme that do not add up to its amount."""
    if joint.state == JointState.JOINED and (reasons := adding_up(joint, shares_of(joint))):
        raise Refused(reasons)


def _changed(joint: JointProgramme, values: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the columns that would change; a name that is none is a mistake of the caller."""
    if unknown := set(values) - COLUMNS:
        raise ValueError(f"not columns of a programme: {sorted(unknown)}")
    return {name: value for name, value in values.items() if getattr(joint, name) != value}


def _refuse_wrong(joint: JointProgramme, changed: dict[str, Any]) -> None:
    reasons = []
    if not str(changed.get("title", joint.title)).strip():
        reasons.append(_("Give the programme a title."))
    amount = changed.get("amount_rp", joint.amount_rp)
    if amount is not None and amount < 0:
        reasons.append(_("The amount cannot be below zero."))
    if joint.state == JointState.JOINED:
        if amount is None:
            reasons.append(_("Enter the amount of the programme."))
        if changed.get("nomenclature", joint.nomenclature_id) is None:
            reasons.append(_("Choose the sub-activity code of the programme."))
    if reasons:
        raise Refused(reasons)
    if "lead_office" in changed:
        _refuse_lead(joint, changed["lead_office"])


def _refuse_lead(joint: JointProgramme, lead: Any) -> None:
    """Refuse a lead without a member, and one that makes the given number untrue."""
    offices = joint.shares.values_list("proposal__office_id", flat=True)
    locks.refuse_foreign_lead(lead, joint.year, offices)
    if joint.number and lead.region.is_province != joint.is_led_by_province:
        raise Refused(
            [
                _("%(number)s stays: dissolve it and join anew under the other lead.")
                % {"number": joint.number}
            ]
        )


def _outputs_differ(joint: JointProgramme, wanted: Sequence[Mapping[str, Any]]) -> bool:
    stand = [
        (row.pk, *(getattr(row, name) for name in OUTPUT_COLUMNS)) for row in joint.outputs.all()
    ]
    given = [(row.get("id"), *(row[name] for name in OUTPUT_COLUMNS)) for row in wanted]
    return sorted(stand, key=str) != sorted(given, key=str)


def _write_outputs(joint: JointProgramme, wanted: Sequence[Mapping[str, Any]]) -> None:
    """Update rows in place by their id, add those without one, drop those not named."""
    stand = {row.pk: row for row in joint.outputs.all()}
    kept = {row.get("id") for row in wanted}
    for pk, row in stand.items():
        if pk not in kept:
            row.delete()
    for given in wanted:
        row = stand.get(given.get("id") or 0) or JointOutput(joint=joint)
        for name in OUTPUT_COLUMNS:
            setattr(row, name, given[name])
        row.save()


def _changed_shares(
    joint: JointProgramme, wanted: Mapping[int, ShareGiven]
) -> dict[int, ShareGiven]:
    """Keep the shares that would change; one that is not of this programme changed meanwhile."""
    stand = {share.pk: share for share in joint.shares.all()}
    return {
        pk: given
        for pk, given in wanted.items()
        if pk not in stand
        or any(getattr(stand[pk], name) != value for name, value in given.columns.items())
    }


def write_shares(joint: JointProgramme, wanted: Mapping[int, ShareGiven]) -> None:
    """Write shares; a consent is to the terms it was given for, so other terms void it."""
    stand = {share.pk: share for share in joint.shares.select_related("proposal__funding_source")}
    for pk, given in wanted.items():
        share = stand.get(pk)
        if share is None:
            raise Refused([_("A member left the programme meanwhile: open it again.")])
        columns = given.columns
        if all(getattr(share, name) == value for name, value in columns.items()):
            continue
        _refuse_terms(share, given)
        if any(getattr(share, name) != columns[name] for name in TERMS):
            columns |= {"consent_at": None, "consent_by": None, "consent_note": ""}
        for name, value in columns.items():
            setattr(share, name, value)
        share.save()


def _refuse_terms(share: Share, given: ShareGiven) -> None:
    """Refuse what no purse can do: an amount below zero, own money that is another's."""
    own = share.proposal.funding_source
    if given.amount_rp < 0:
        raise Refused([_("The amount cannot be below zero.")])
    if given.delivery == Delivery.OWN_MONEY and own is not None and own != given.funding_source:
        raise Refused(
            [
                _("%(number)s keeps its own money, so its source stays: %(source)s.")
                % {"number": share.proposal.label, "source": own.name}
            ]
        )
