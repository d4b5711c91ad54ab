"""The one way an action says no: with every reason, in words for the person."""

from collections.abc import Iterable


class AtField(str):
    """A reason that is mended at one field; ``field`` is its name in the form of the act."""

    __slots__ = ("field",)
    field: str

    def __new__(cls, text: object, field: str) -> "AtField":
        """Keep the words, and where they belong."""
        reason = super().__new__(cls, str(text))
        reason.field = field
        return reason


class Refused(Exception):
    """Raised by an action or the workflow; pages show each reason, nothing was written."""

    def __init__(self, reasons: Iterable[object]) -> None:
        """Keep the reasons as text, so that a lazy translation is settled where it was said."""
        self.reasons: tuple[str, ...] = tuple(
            reason if isinstance(reason, AtField) else str(reason) for reason in reasons
        )
        super().__init__(" ".join(self.reasons))


class DoneAlready(Exception):
    """Raised where the same words have done this very act before: pages say so, no error."""
