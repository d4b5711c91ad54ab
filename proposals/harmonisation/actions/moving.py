"""Joining and dissolving what the person has read, not what somebody made of it meanwhile."""

import pghistory
from django.db import transaction

from proposals import workflow
from proposals.enums import JointAction
from proposals.harmonisation.actions import locks, verdicts
from proposals.models import JointProgramme, User
from proposals.transitions import JOINT_TRANSITIONS
from proposals.workflow import Given


@transaction.atomic
def advance(
    action: JointAction,
    *,
    joint: JointProgramme,
    by: User,
    row_version: int | None,
    given: Given | None = None,
) -> JointProgramme:
    """Take the action on the version that was read; sent twice, nothing more happens."""
    row = locks.lock(joint.pk)
    if row.row_version == (row_version or 0) + 1 and row.state == JOINT_TRANSITIONS[action].target:
        return row
    locks.refuse_stale(row, row_version)
    members = list(row.shares.values_list("proposal_id", flat=True))
    with pghistory.context(reason=given.note if given else ""):
        moved = workflow.take_joint(action, joint=row, by=by, given=given)
        if action == JointAction.DISSOLVE:
            verdicts.unsettle(members)
        return moved
