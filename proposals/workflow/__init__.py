"""The only way from status to status, for proposals and for joint programmes."""

from proposals.workflow.given import Given, Point
from proposals.workflow.hindrances import hindrances, knowing, offered
from proposals.workflow.joint import joint_hindrances, take_joint
from proposals.workflow.moves import take

__all__ = [
    "Given",
    "Point",
    "hindrances",
    "joint_hindrances",
    "knowing",
    "offered",
    "take",
    "take_joint",
]
