"""The ranked list of requests with its cut-off line, one explained, scenarios compared."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from proposals import access, web
from proposals.enums import Status
from proposals.models import Ceiling, CutScenario, PlanningYear, Proposal, Sector
from proposals.priorities import cutting
from proposals.priorities.actions import scenarios as actions
from proposals.priorities.cutting import Cut, Place, Settings
from proposals.priorities.forms.cutting import NameForm, SettingsForm
from proposals.priorities.queries import ranking
from proposals.priorities.queries.ranking import Pool
from proposals.priorities.views import doors
from proposals.refused import Refused

PER_PAGE = 50
CROWD = 4


@dataclass(frozen=True)
class Row:
    """A line of the ranked list."""

    place: Place
    proposal: Proposal
    parts: dict[str, int]
    ceiling: Ceiling | None
    is_first_out: bool = False
    nth: int = 0
    """Which single request of its sector it is, by value; 0 where it is joined or decided."""

    @property
    def is_crowded(self) -> bool:
        """Tell whether joining is proposed for it instead of a higher rank."""
        return self.nth >= CROWD


def _year(request: web.PersonRequest) -> PlanningYear:
    """Return the year for whoever reads every score."""
    if not access.sees_scores(request.user):
        raise Http404
    return doors.year_for_readers(request)


@require_safe
def ranked(request: web.PersonRequest) -> HttpResponse:
    """Show the requests of one source in their order, with the line its ceilings draw."""
    year = _year(request)
    pool, kept = ranking.pool(request.user, year), ranking.scenarios(year)
    chosen = _scenario(kept, request.GET.get("skenario", ""))
    start = ranking.settings_of(chosen) if chosen else Settings()
    form = SettingsForm(request.GET, start=start)
    sources = _sources(pool)
    source = _source(sources, request.GET.get("sumber", ""))
    found = pool.cut(form.settings, source)
    rows = _rows(pool, found, _nth_of_sector(pool, form.settings))
    number = _page(request, len(rows))
    context = {
        "form": form,
        "settings": form.settings,
        "name_form": NameForm(initial={"name": request.GET.get("name", "")}),
        "scenarios": kept,
        "chosen": chosen,
        "crowded": _crowded(pool),
        "sources": sources,
        "source": source,
        "cut": found,
        "limits": [(one, pool.ceilings[one.pk]) for one in found.limits],
        "rows": rows[(number - 1) * PER_PAGE : number * PER_PAGE],
        **_counts(rows),
        "previous": number - 1,
        "following": number + 1 if len(rows) > number * PER_PAGE else 0,
    }
    return render(request, "proposals/priorities/ranked.html", context)


def _counts(rows: list[Row]) -> dict[str, int]:
    """Count what fits, what does not, and what has no review yet: the three make all."""
    inside = sum(row.place.is_in for row in rows)
    waiting = sum(not row.place.is_in and row.place.value is None for row in rows)
    return {"n_rows": len(rows), "n_in": inside, "n_waiting": waiting}


def _page(request: web.PersonRequest, n_rows: int) -> int:
    """Return the page in the address, never beyond the last."""
    last = max(1, -(-n_rows // PER_PAGE))
    return min(web.page_number(request), last)


def _crowded(pool: Pool) -> list[tuple[Sector, int]]:
    """Name the sectors with so many single requests that joining is better than ranking.

    Rule: PROCESS, section 13: where the fourth one of a sector enters, joining is proposed.
    """
    single = filter(_is_single, pool.proposals.values())
    counts = Counter(row.sector for row in single if row.sector)
    found = ((sector, n) for sector, n in counts.items() if n >= CROWD)
    return sorted(found, key=lambda one: (str(one[0]), one[0].pk))


def _is_single(row: Proposal) -> bool:
    return row.status != Status.MERGED


def _nth_of_sector(pool: Pool, settings: Settings) -> dict[int, int]:
    """Count the single requests of each sector by value, over all sources; name the open ones."""
    counts, found = Counter[int](), {}
    for place in cutting.ordered(pool.items_for(settings), settings):
        row = pool.proposals[place.item.pk]
        if row.sector_id and _is_single(row):
            counts[row.sector_id] += 1
            found[row.pk] = counts[row.sector_id] if row.status in ranking.OPEN else 0
    return found


def _scenario(kept: list[CutScenario], asked: str) -> CutScenario | None:
    return next((one for one in kept if str(one.pk) == asked), None)


def _sources(pool: Pool) -> list[tuple[int, str, int]]:
    """Return each source with its name and number of requests, the fullest first."""
    names: dict[int, str] = {}
    counts: dict[int, int] = {}
    for item in pool.items:
        if item.source_id is not None:
            row = pool.proposals[item.pk]
            share = ranking.share_of(row)
            source = share.funding_source if share else row.funding_source
            names[item.source_id] = str(source)
            counts[item.source_id] = counts.get(item.source_id, 0) + 1
    found = [(pk, names[pk], counts[pk]) for pk in names]
    return sorted(found, key=lambda one: (-one[2], one[1]))


def _source(sources: list[tuple[int, str, int]], asked: str) -> int | None:
    """Return the source in the address; all for "semua", else the fullest."""
    if asked == "semua":
        return None
    known = {str(pk): pk for pk, _name, _n in sources}
    return known.get(asked, sources[0][0] if sources else None)


def _rows(pool: Pool, found: Cut, nth: dict[int, int]) -> list[Row]:
    first_out = next((one for one in found.places if not one.is_in and one.value is not None), None)
    return [
        Row(
            place=one,
            proposal=pool.proposals[one.item.pk],
            parts=pool.parts[one.item.pk],
            ceiling=pool.ceilings[one.limit.pk] if one.limit else None,
            is_first_out=one is first_out,
            nth=nth.get(one.item.pk, 0),
        )
        for one in found.places
    ]


@require_safe
def explained(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Show how a proposal comes to its score; the province also where the line leaves it."""
    year = doors.year_for_readers(request)
    rows = Proposal.objects.filter(access.explained_rows_for(request.user), year=year)
    proposal = get_object_or_404(rows.for_list(), pk=pk)
    context: dict[str, Any] = {
        "proposal": proposal,
        "reviews": ranking.reviews_of(proposal),
        "sees_rank": access.sees_scores(request.user),
        "place": None,
    }
    if context["sees_rank"]:
        pool = ranking.pool(request.user, year)
        form = SettingsForm(request.GET)
        found = pool.cut(form.settings, _item_source(pool, pk))
        place = ranking.place_of(found, pk)
        limit = pool.ceilings.get(place.limit.pk) if place and place.limit else None
        context |= {"place": place, "settings": form.settings, "ceiling": limit}
        context |= {"n_rows": len(found.places), "parts": pool.parts.get(pk, {})}
        context |= {"scores": sorted(pool.scores.values(), reverse=True)}
    return render(request, "proposals/priorities/explained.html", context)


def _item_source(pool: Pool, pk: int) -> int | None:
    return next((one.source_id for one in pool.items if one.pk == pk), None)


@require_POST
def keep(request: web.PersonRequest) -> HttpResponse:
    """Keep the settings under a name."""
    year = _year(request)
    name, form = NameForm(request.POST), SettingsForm(request.POST)
    back = reverse("priorities:ranked")
    source = {"sumber": request.POST["sumber"]} if request.POST.get("sumber") else {}
    typed = {key: request.POST.get(key, "") for key in (*form.fields, "name")}
    drawn = f"{back}?{urlencode(typed | source)}"
    if not (name.is_valid() and form.is_valid()):
        messages.error(request, " ".join((*_wrong(name), *_wrong(form))))
        return redirect(drawn)
    given = {"name": name.cleaned_data["name"], "settings": form.settings}
    try:
        kept = actions.keep(year=year, by=request.user, **given)
    except Refused as refusal:
        messages.error(request, " ".join(str(reason) for reason in refusal.reasons))
        return redirect(drawn)
    messages.success(request, _("Scenario kept: %(name)s.") % {"name": kept.name})
    return redirect(f"{back}?{urlencode({'skenario': kept.pk} | source)}")


def _wrong(form: BaseForm) -> list[str]:
    """Return what is wrong with each field, under its name."""
    return [
        f"{form[name].label}: {error}" for name, found in form.errors.items() for error in found
    ]


@require_POST
def let_go(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Remove a scenario."""
    year = _year(request)
    actions.let_go(scenario=get_object_or_404(CutScenario, pk=pk, year=year), by=request.user)
    messages.success(request, _("Scenario removed."))
    return redirect("priorities:ranked")


@require_safe
def compare(request: web.PersonRequest) -> HttpResponse:
    """Show what each regency gains and loses from one scenario to another."""
    year = _year(request)
    pool, kept = ranking.pool(request.user, year), ranking.scenarios(year)
    one = _scenario(kept, request.GET.get("a", ""))
    chosen = str(kept[0].pk) if kept else ""
    other = _scenario(kept, request.GET.get("b", chosen))
    before = pool.cut(ranking.settings_of(one) if one else Settings())
    after = pool.cut(ranking.settings_of(other) if other else Settings())
    entering, leaving = cutting.moved(before, after)
    regions = {row.office.region_id: row.office.region for row in pool.proposals.values()}
    gains = [(regions[gain.region_id], gain) for gain in cutting.compared(before, after)]
    context = {
        "scenarios": kept,
        "one": one,
        "other": other,
        "gains": sorted(gains, key=lambda pair: (-pair[1].rp, pair[0].code)),
        "entering": [pool.proposals[pk] for pk in sorted(entering)],
        "leaving": [pool.proposals[pk] for pk in sorted(leaving)],
    }
    return render(request, "proposals/priorities/compare.html", context)
