"""Notices: who is told what, in the portal and by letter; written with the act that causes it."""

from proposals.notices.acts import (
    assigned,
    commented,
    consent_answered,
    consents_asked,
    given_back,
    invited,
    joint_moved,
    moved,
)
from proposals.notices.clock import deadline_near, return_due
from proposals.notices.closing import close_lost
from proposals.notices.telling import gathered

__all__ = [
    "assigned",
    "close_lost",
    "commented",
    "consent_answered",
    "consents_asked",
    "deadline_near",
    "gathered",
    "given_back",
    "invited",
    "joint_moved",
    "moved",
    "return_due",
]
