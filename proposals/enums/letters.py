"""Words of what people are told: kinds of notices, ways to be told, states of letters."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NoticeKind(TextChoices):
    """What a person is told of, in the order of the page of choices."""

    INVITED = "invited", _("Your account was made")
    HANDED = "handed", _("A proposal waits for your signature")
    GIVEN_BACK = "given_back", _("The head gave a proposal back")
    SENT = "sent", _("A proposal was sent")
    SENT_AGAIN = "sent_again", _("A returned proposal was answered and sent again")
    RETURNED = "returned", _("A proposal needs correction")
    RETURN_DUE = "return_due", _("A correction is due soon")
    RESUMED = "resumed", _("The review goes on without the correction")
    ASSIGNED = "assigned", _("Proposals were assigned to you")
    MENTIONED = "mentioned", _("Somebody mentions you in a comment")
    CONSENT_ASKED = "consent_asked", _("Your consent is asked for a joint programme")
    CONSENT_ANSWER = "consent_answer", _("An office answers about its own money")
    JOINED = "joined", _("A proposal was merged into a joint programme")
    DECIDED = "decided", _("A decision was taken")
    DEADLINE = "deadline", _("The deadline is near, with 7, 3 and 1 days left")


class NoticeWay(TextChoices):
    """How a person wants to be told of a kind; the bell shows every notice."""

    AT_ONCE = "at_once", _("By letter at once")
    DAILY = "daily", _("In the daily digest at 07.00 WITA")
    IN_APP = "in_app", _("In the portal only")


class LetterState(TextChoices):
    """Where a letter stands on its way; uncertain ones may have arrived or not."""

    WAITING = "waiting", _("Waiting")
    HELD = "held", _("Held")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Has left")
    FAILED = "failed", _("Failed")
    UNCERTAIN = "uncertain", _("Uncertain")
