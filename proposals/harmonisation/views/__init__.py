"""Pages of groups and joint programmes."""

from proposals.harmonisation.views.board import board, group
from proposals.harmonisation.views.choosing import compare, new_group
from proposals.harmonisation.views.consenting import consent
from proposals.harmonisation.views.designing import add, edit, remove, shares
from proposals.harmonisation.views.moving import act
from proposals.harmonisation.views.pairs import pair, pair_history
from proposals.harmonisation.views.reading import history, programme, programmes

__all__ = [
    "act",
    "add",
    "board",
    "compare",
    "consent",
    "edit",
    "group",
    "history",
    "new_group",
    "pair",
    "pair_history",
    "programme",
    "programmes",
    "remove",
    "shares",
]
