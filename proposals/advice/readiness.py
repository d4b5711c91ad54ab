"""Papers that are missing, a process that needs them, and more proposals than the limit."""

import re
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from proposals.advice.facts import Advice, Facts, Issue

ENVIRONMENT = "dok_lingkungan"
FUMES = re.compile(
    r"\b(?:briket batu ?bara|batu ?bara|pelapisan logam|galvanis\w*|elektroplating|electroplating"
    r"|penyamakan|peleburan|pencelupan|aki bekas)\b"
)
NEUTRAL_FAMILIES = frozenset({"perencanaan", "data", "investasi", "pembiayaan", "pemasaran"})


def missing_documents(facts: Facts) -> Iterable[Advice]:
    """Required papers of this kind of activity that are not there: a gap to promise, no bar."""
    for paper in facts.lacking:
        yield Advice(
            Issue("missing_document", paper.key),
            "attachments",
            _("A required paper is not there yet: %(name)s") % {"name": paper.name},
            _("Readiness list: %(source)s") % {"source": paper.source.rstrip(".")},
            is_example=paper.is_example,
        )


def environment(facts: Facts) -> Iterable[Advice]:
    """Fumes or waste, and no environmental paper."""
    kind = facts.intervention
    if kind is None or kind.family in NEUTRAL_FAMILIES or facts.attached is None:
        return
    is_asked = any(paper.key == ENVIRONMENT for paper in facts.lacking)
    if ENVIRONMENT in facts.attached or is_asked or not FUMES.search(facts.said):
        return
    yield Advice(
        Issue("environment_check"),
        "attachments",
        _("This process gives off fumes or waste: add the test or the environmental paper."),
        _("Criterion: environment"),
    )


def over_limit(facts: Facts) -> Iterable[Advice]:
    """More proposals than the desk has time for."""
    if facts.limit is None or facts.n_of_office is None or facts.n_of_office <= facts.limit:
        return
    sentence = _("Your office has %(n)s proposals; the province asks for at most %(limit)s.")
    words = {"n": facts.n_of_office, "limit": facts.limit}
    yield Advice(
        Issue("over_limit", str(facts.limit)),
        "request_to",
        sentence % words,
        _("Limit of your office for this year"),
    )


RULES: tuple[Callable[[Facts], Iterable[Advice]], ...] = (
    missing_documents,
    environment,
    over_limit,
)
