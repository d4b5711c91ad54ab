"""Words of the process: kinds, statuses, actions, results."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RequestTo(TextChoices):
    """Kind of proposal: who would pay and decide (PROCESS, section 2)."""

    OWN = "own", _("Own programme")
    PROVINCE = "province", _("Request to the province")
    CENTRE = "centre", _("Request to the centre")


class FieldKind(TextChoices):
    """Kind letter of the field list: own, province's request, centre's request, provincial own."""

    A = "A", _("Own programme of a regency or city")
    B = "B", _("Request to the province")
    C = "C", _("Request to the centre")
    P = "P", _("Own programme of the province")


class Origin(TextChoices):
    """Where the idea of a proposal comes from."""

    RENJA = "renja", _("Office work plan (Renja)")
    MUSRENBANG = "musrenbang", _("Musrenbang")
    POKIR = "pokir", _("Council proposals (Pokir)")
    DIRECTION = "direction", _("Direction of the head of region")
    OTHER = "other", _("Other origin")


class Status(TextChoices):
    """Where a proposal stands (house, section 4)."""

    DRAFT = "draft", _("Draft")
    AWAITING_HEAD = "awaiting_head", _("Waiting for the head of office")
    SENT = "sent", _("Sent")
    UNDER_REVIEW = "under_review", _("Under review")
    AT_DESK = "at_desk", _("At the desk")
    RETURNED = "returned", _("Needs correction")
    AGREED = "agreed", _("Agreed")
    MERGED = "merged", _("Merged")
    REDIRECTED = "redirected", _("Redirected")
    DEFERRED = "deferred", _("Deferred")
    REJECTED = "rejected", _("Not agreed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Action(TextChoices):
    """What moves a proposal from one status to the next."""

    HAND_TO_HEAD = "hand_to_head", _("Hand to the head of office")
    SEND = "send", _("Send")
    TAKE_BACK = "take_back", _("Take back")
    ACCEPT_FOR_REVIEW = "accept_for_review", _("Accept for review")
    RETURN = "return", _("Return for correction")
    RESUME = "resume", _("Resume the review")
    PUT_ON_DESK = "put_on_desk", _("Put on the desk")
    AGREE = "agree", _("Agree")
    AGREE_CHANGED = "agree_changed", _("Agree with changes")
    MERGE = "merge", _("Merge")
    REDIRECT = "redirect", _("Redirect")
    DEFER = "defer", _("Defer")
    REJECT = "reject", _("Do not agree")
    RELEASE = "release", _("Release from the joint programme")
    REOPEN = "reopen", _("Reopen")
    WITHDRAW = "withdraw", _("Withdraw")


class ResultKind(TextChoices):
    """Output is what is produced, outcome is what changes after it."""

    OUTPUT = "output", _("Output")
    OUTCOME = "outcome", _("Outcome")


class GateResult(TextChoices):
    """Answer to one gate; conditional lets a failed gate pass with a printed reason."""

    PASSED = "passed", _("Passed")
    CONDITIONAL = "conditional", _("Passed on condition")
    FAILED = "failed", _("Not passed")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")


class ReviewState(TextChoices):
    """A draft review is its writer's alone and never counts."""

    DRAFT = "draft", _("Draft")
    FINAL = "final", _("Final")


class Recommendation(TextChoices):
    """What a reviewer proposes; only the meeting agrees."""

    AGREE = "agree", _("Agree as asked")
    AGREE_CHANGED = "agree_changed", _("Agree with changes")
    MERGE = "merge", _("Merge")
    REDIRECT = "redirect", _("Redirect")
    DEFER = "defer", _("Defer")
    REJECT = "reject", _("Do not agree")


class JoiningKind(TextChoices):
    """Why proposals are joined (PROCESS, section 8)."""

    CONSOLIDATE = "consolidate", _("Consolidation")
    JOINT_SERVICE = "joint_service", _("Joint service")
    DUPLICATE = "duplicate", _("Duplicate")
    CHAIN = "chain", _("Chain")


class JointState(TextChoices):
    """Where a joint programme stands."""

    FORMING = "forming", _("Being compared")
    JOINED = "joined", _("Joined")
    AGREED = "agreed", _("Agreed")
    DEFERRED = "deferred", _("Deferred")
    DISSOLVED = "dissolved", _("Dissolved")


class JointAction(TextChoices):
    """What moves a joint programme."""

    JOIN = "join", _("Join")
    AGREE = "agree", _("Agree")
    DEFER = "defer", _("Defer")
    REOPEN = "reopen", _("Reopen")
    DISSOLVE = "dissolve", _("Dissolve")


class Delivery(TextChoices):
    """What a member of a joint programme gets."""

    ACTIVITY = "activity", _("Carried out by the payer in the member's region")
    TRANSFER = "transfer", _("Special financial aid (BKK)")
    OWN_MONEY = "own_money", _("Each keeps its own money")


class DecisionResult(TextChoices):
    """Outcome of one act of deciding."""

    AGREED = "agreed", _("Agreed")
    AGREED_CHANGED = "agreed_changed", _("Agreed with changes")
    REDIRECTED = "redirected", _("Redirected")
    DEFERRED = "deferred", _("Deferred")
    REJECTED = "rejected", _("Not agreed")
    REOPENED = "reopened", _("Reopened")


class ScanState(TextChoices):
    """What a scanner for viruses has said of a file; without one it stays unscanned."""

    UNSCANNED = "unscanned", _("Not scanned for viruses")
    PENDING = "pending", _("Being checked for viruses")
    CLEAN = "clean", _("Free of viruses")
    INFECTED = "infected", _("A virus was found")

    @property
    def is_held(self) -> bool:
        """Tell whether nobody opens the file: not scanned yet, or refused."""
        return self in {ScanState.PENDING, ScanState.INFECTED}


class RegencyWord(TextChoices):
    """The regency's answer at the desk; an objection does not block."""

    NOT_ASKED = "not_asked", _("Not asked yet")
    AGREES = "agrees", _("Agrees")
    OBJECTS = "objects", _("Objects")
