"""What a scanner for viruses has said of a stored file: one rule for papers and letters."""

from django.db.models import CheckConstraint, Q

from proposals.enums import ScanState


def scan_is_whole(name: str, prefix: str) -> CheckConstraint:
    """Return the rule: a verdict has its time, and names what was found where it found something.

    ``prefix`` begins the names of the three columns: state, time, and what was found.
    """
    state, at, found = f"{prefix}state", f"{prefix}at", f"{prefix}found"
    waits = Q(**{f"{state}__in": [ScanState.UNSCANNED, ScanState.PENDING], f"{at}__isnull": True})
    clean = Q(**{state: ScanState.CLEAN, f"{at}__isnull": False})
    infected = Q(**{state: ScanState.INFECTED, f"{at}__isnull": False}) & ~Q(**{found: ""})
    return CheckConstraint(name=name, condition=((waits | clean) & Q(**{found: ""})) | infected)
