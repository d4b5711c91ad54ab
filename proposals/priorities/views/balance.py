"""The balance: all commodities, one commodity by region, auxiliary materials and labour."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from proposals import access, web
from proposals.models import Commodity
from proposals.priorities.balance import cautious
from proposals.priorities.queries import balances, people, places
from proposals.priorities.views import doors


@require_safe
def balance(request: web.PersonRequest) -> HttpResponse:
    """Show supply and need of every commodity in a year, sources side by side."""
    doors.readers_only(request)
    years = balances.data_years()
    data_year = _chosen(years, request.GET.get("tahun", ""))
    sums = balances.province_sums(data_year) if data_year else {}
    rows = sorted(sums.values(), key=lambda told: told[0].name)
    used = [one.figures for one in map(cautious, rows) if one]
    context = {
        "years": years,
        "data_year": data_year,
        "rows": [(told, cautious(told)) for told in rows],
        "untold": balances.untold(sums),
        "n_short": sum(one.is_short for one in used),
        "n_enough": sum(not one.is_short for one in used),
        "n_disagree": sum(len(told) > 1 for told in rows),
        "may_keep": access.may_keep_statistics(request.user),
        "sees_scores": access.sees_scores(request.user),
    }
    return render(request, "proposals/priorities/balance.html", context)


def _chosen(years: list[int], asked: str) -> int | None:
    found = web.number_in(asked, 5)
    return found if found in years else (years[0] if years else None)


@require_safe
def commodity(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Show one commodity: map, regions with every source, flows, and what proposals change."""
    doors.readers_only(request)
    row = get_object_or_404(Commodity.objects.select_related("sector"), pk=pk)
    years = balances.data_years_of(row)
    data_year = _chosen(years, request.GET.get("tahun", ""))
    if data_year is None:
        raise Http404
    told = balances.province_sums(data_year).get(row.pk, [])
    regions = places.regions_with(row, data_year)
    effect = places.effect_on(row, request.user, web.current_year(request))
    context = {
        "commodity": row,
        "years": years,
        "data_year": data_year,
        "told": told,
        "effect": effect,
        "after": [(one, effect.on(one)) for one in told],
        "regions": regions,
        "only_source": places.only_source(regions),
        "sees_scores": access.sees_scores(request.user),
    }
    return render(request, "proposals/priorities/commodity.html", context)


@require_safe
def potential(request: web.PersonRequest) -> HttpResponse:
    """Show auxiliary materials with their origin, and labour by sector and region."""
    doors.readers_only(request)
    labour = people.labour()
    context = {
        "materials": places.auxiliaries(request.user, web.current_year(request)),
        "labour": labour,
        "untold": people.untold(labour),
        "regions": people.by_region(labour),
        "sees_scores": access.sees_scores(request.user),
    }
    return render(request, "proposals/priorities/potential.html", context)
