"""What the province writes while it checks: gates, reviews, comments, and who does it."""

from proposals.review.actions.checks import accept, answer_gates, assign, comment
from proposals.review.actions.reviews import Stale, conclude, finish_review, save_review
from proposals.review.actions.steps import take_step
from proposals.review.scoring import ScoreGiven

__all__ = [
    "ScoreGiven",
    "Stale",
    "accept",
    "answer_gates",
    "assign",
    "comment",
    "conclude",
    "finish_review",
    "save_review",
    "take_step",
]
