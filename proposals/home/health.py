"""What monitors ask: does the process answer, and can it work."""

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

_migrated: set[str] = set()


@login_not_required
@never_cache
@require_safe
def alive(_request: HttpRequest) -> HttpResponse:
    """Answer without asking anything of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """Tell whether the database answers and has the tables of this code."""
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        word = "ok" if _is_migrated() else "migrations are missing"
    except Error:
        word = "the database does not answer"
    status = 200 if word == "ok" else 503
    return HttpResponse(f"{word}\n", content_type="text/plain", status=status)


def _is_migrated() -> bool:
    """Look at the tables until they are complete; then this process need not look again."""
    if connection.alias not in _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.add(connection.alias)
    return True
