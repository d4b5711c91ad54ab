"""Work of the review room behind the page: writing long lists."""

from django.http import QueryDict
from django.utils.translation import override
from django_tasks import task

from proposals.models import PlanningYear, User
from proposals.review import exporting
from proposals.web import writing


@task()
def write_queue(user_id: int, year_id: int, language: str, query: str) -> str:
    """Write the queue as this person may read it now; return the name it is kept under."""
    user = User.objects.select_related("office__region").get(pk=user_id)
    year = PlanningYear.objects.filter(pk=year_id).first()
    key = writing.key_of(write_queue, [user_id, year_id, language, query])
    with override(language):
        asked = exporting.asked_for(user, year, QueryDict(query))
        book = asked.written(lambda done, total: writing.tell(key, done, total))
    return writing.kept(book, "xlsx")
