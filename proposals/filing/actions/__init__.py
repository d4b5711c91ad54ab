"""What people do in the filing room; each action is one transaction and asks access itself."""

from proposals.filing.actions.content import save_content
from proposals.filing.actions.copies import Copied, copy_proposal
from proposals.filing.actions.drafts import begin_proposal
from proposals.filing.actions.heading import (
    Sent,
    approve,
    fix_order,
    give_back,
    open_order,
    send_all,
    unapprove,
)
from proposals.filing.actions.order import set_order
from proposals.filing.actions.papers import attach, promise, set_letter
from proposals.filing.actions.points import answer_point
from proposals.filing.actions.remarks import remark
from proposals.filing.actions.rows import Stale, open_codes
from proposals.filing.actions.typed import (
    drop_typed,
    hold_typed,
    keep_typed,
    refuse_typing,
    remember_given,
)
from proposals.filing.actions.whole import Filled, save_filled

__all__ = [
    "Copied",
    "Filled",
    "Sent",
    "Stale",
    "answer_point",
    "approve",
    "attach",
    "begin_proposal",
    "copy_proposal",
    "drop_typed",
    "fix_order",
    "give_back",
    "hold_typed",
    "keep_typed",
    "open_codes",
    "open_order",
    "promise",
    "refuse_typing",
    "remark",
    "remember_given",
    "save_content",
    "save_filled",
    "send_all",
    "set_letter",
    "set_order",
    "unapprove",
]
