"""The one way an action says no: with every reason, in words for the person."""

from collections.abc import Iterable


class Refused(Exception):
    """Raised by an action or the workflow; pages show each reason, nothing was written."""

    def __init__(self, reasons: Iterable[object]) -> None:
        """Keep the reasons as text, so that a lazy translation is settled where it was said."""
        self.reasons: tuple[str, ...] = tuple(str(reason) for reason in reasons)
        super().__init__(" ".join(self.reasons))
