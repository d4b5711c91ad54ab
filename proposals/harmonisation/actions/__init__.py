"""What people do to groups and joint programmes; each act locks the programme's row first."""

from proposals.harmonisation.actions.consenting import consent, withdraw_consent
from proposals.harmonisation.actions.designing import ShareGiven, save_programme, set_shares
from proposals.harmonisation.actions.grouping import add_members, form_group, remove_member
from proposals.harmonisation.actions.locks import Stale, why_not
from proposals.harmonisation.actions.moving import advance
from proposals.harmonisation.actions.verdicts import StalePair, dismiss, open_again

__all__ = [
    "ShareGiven",
    "Stale",
    "StalePair",
    "add_members",
    "advance",
    "consent",
    "dismiss",
    "form_group",
    "open_again",
    "remove_member",
    "save_programme",
    "set_shares",
    "why_not",
    "withdraw_consent",
]
