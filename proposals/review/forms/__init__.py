"""Forms of the room: filters of the queue, the review, and each other act."""

from proposals.review.forms.acts import AssignForm
from proposals.review.forms.filters import FilterForm

__all__ = ["AssignForm", "FilterForm"]
