"""The form in which a person chooses what comes by letter."""

from typing import Any

from django import forms

from proposals import access
from proposals.enums import NoticeKind, NoticeWay, Role
from proposals.models import User
from proposals.notices.news import usual_way

K = NoticeKind
OF_OFFICES: tuple[NoticeKind, ...] = (
    K.SENT,
    K.SENT_AGAIN,
    K.RETURNED,
    K.RETURN_DUE,
    K.RESUMED,
    K.MENTIONED,
)
OF_OFFICES += (K.JOINED, K.DECIDED, K.DEADLINE)
KINDS: dict[str, tuple[NoticeKind, ...]] = {
    Role.OFFICER: (K.GIVEN_BACK, *OF_OFFICES),
    Role.HEAD: (K.HANDED, K.CONSENT_ASKED, *OF_OFFICES),
    Role.PROVINCE_HEAD: (K.HANDED, K.CONSENT_ANSWER, *OF_OFFICES),
    Role.GATE_CHECKER: (K.SENT, K.SENT_AGAIN, K.MENTIONED),
    Role.REVIEWER: (K.ASSIGNED, K.SENT_AGAIN, K.MENTIONED, K.CONSENT_ANSWER),
    Role.COORDINATOR: (K.MENTIONED, K.CONSENT_ANSWER),
}
"""What each role is told of; who is told of nothing chooses nothing."""


class WaysForm(forms.Form):
    """One choice of three for each kind that this person is told of."""

    def __init__(self, person: User, chosen: dict[str, str], data: Any = None) -> None:
        super().__init__(data)
        told = KINDS.get(access.role_of(person) or "", ())
        for kind in (one for one in K if one in told):
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                choices=NoticeWay.choices,
                initial=chosen.get(kind, usual_way(kind)),
                widget=forms.RadioSelect,
            )
