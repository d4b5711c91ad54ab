"""What it costs: the unit cost beside its band, slips of a thousand, targets out of reach."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from proposals.advice.facts import Advice, Facts, Issue
from proposals.advice.slips import Slip, slips, whole_slip
from proposals.models import InterventionType
from proposals.rupiah import MAX_RUPIAH, terbilang
from proposals.templatetags.figures import num, rp

REACHED = {"sertifikasi_halal": 40}
"""How many small industries the province was reported to accompany in a year."""
REACHED_SOURCE = "Media Center Kalsel, 27-28 Feb 2019"
OUT_OF_REACH = 2


def unit_cost(facts: Facts) -> Iterable[Advice]:
    """The cost of one, beside the band of the activity; far off it, a slip is likelier."""
    kind, band, whole = facts.intervention, facts.band, facts.requested_rp
    if kind is None or band is None or not whole:
        return
    if (meant := whole_slip(whole, band)) is not None:
        yield _whole(kind, whole, meant)
        return
    each = whole / band.count
    if band.low_rp <= each < band.high_rp:
        return
    key = "cost_low" if each < band.low_rp else "cost_high"
    sentence = _(
        "%(cost)s per %(unit)s; usual are %(low)s to %(high)s (%(basis)s): explain it in the cost"
        " estimate."
    )
    words = {"cost": rp(each), "unit": facts.counted.unit if facts.counted else ""}
    words |= {"low": rp(band.low_rp), "high": rp(band.high_rp), "basis": kind.cost_basis}
    yield Advice(
        Issue(key), "requested_rp", sentence % words, _band(kind), is_example=kind.is_example
    )


def _whole(kind: InterventionType, whole: Decimal, meant: Decimal) -> Advice:
    sentence = _("%(amount)s (%(words)s rupiah): is that right, or do you mean %(meant)s?")
    told = {"amount": rp(whole), "words": _in_words(whole), "meant": rp(meant)}
    return Advice(
        Issue("amount_slip"),
        "requested_rp",
        sentence % told,
        _band(kind),
        is_example=kind.is_example,
        meant_rp=meant,
    )


def _band(kind: InterventionType) -> str:
    return _("Cost band of the list of activities: %(name)s") % {"name": kind.name}


def _in_words(amount: Decimal) -> str:
    return terbilang(min(int(amount), MAX_RUPIAH))


def slipped_lines(facts: Facts) -> Iterable[Advice]:
    """Lines whose unit cost looks a thousand times too large or too small."""
    for slip in slips([line.priced for line in facts.lines], facts.band):
        line = facts.lines[slip.row]
        cost = line.priced.unit_cost_rp
        yield Advice(
            Issue("line_slip", str(slip.row + 1)),
            "budget_lines",
            f"{line.text}: {rp(cost)} ({_in_words(cost)} rupiah). {question(slip)}",
            _("Compared with the other lines and with what such a unit usually costs"),
            row=slip.row,
            meant_rp=slip.meant_rp,
        )


def question(slip: Slip) -> str:
    """Ask about a unit cost, with what may have been meant."""
    meant = {"meant": rp(slip.meant_rp)}
    if slip.low_rp is None or slip.high_rp is None:
        return _("Far from the other lines. Right, or is it %(meant)s?") % meant
    return _("Unusual for this unit. Right, or is it %(meant)s?") % meant


def out_of_reach(facts: Facts) -> Iterable[Advice]:
    """A target far above what was ever reported as reached in a year."""
    kind, counted = facts.intervention, facts.counted
    most = REACHED.get(kind.key) if kind else None
    if most is None or counted is None or counted.target is None:
        return
    if counted.target > OUT_OF_REACH * most:
        sentence = _(
            "%(target)s %(unit)s in one year is far above the %(most)s that were reported: do it"
            " in stages."
        )
        words = {"target": num(counted.target), "unit": counted.unit, "most": num(most)}
        yield Advice(
            Issue("target_unrealistic"),
            "outputs",
            sentence % words,
            REACHED_SOURCE,
            row=facts.results.index(counted),
        )


RULES: tuple[Callable[[Facts], Iterable[Advice]], ...] = (unit_cost, slipped_lines, out_of_reach)
