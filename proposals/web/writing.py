"""Large files are written behind the page, which shows how far it is, then hands them out."""

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django_htmx.middleware import HtmxDetails
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from proposals.web.answers import render_or_part

FRESH = timedelta(minutes=10)
"""So long a written file is handed out; asked for later, it is written anew."""
FOLDER = "written"
"""Nothing names these files, so housekeeping sweeps them after a day."""


@dataclass(frozen=True)
class Writing:
    """A file that a job writes: the task and what it is given, the name that people see."""

    task: Task[..., str]
    given: Sequence[int | str]
    name: str
    content_type: str

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """Hand out the file; until it is written, ask for it once and show how far it is.

        A page that looks again by itself never asks anew: what broke waits for a person.
        """
        job, looks = self._newest(), HtmxDetails(request).target == "writing"
        if job is None or (_is_over(job) and not looks):
            cache.delete(self.key)
            self.task.enqueue(*self.given)
            return self._progress(request, TaskResultStatus.READY)
        if job.status == TaskResultStatus.SUCCESSFUL and not looks:
            return self._handed(job.return_value)
        return self._progress(request, job.status)

    @property
    def key(self) -> str:
        """Return the word under which the job tells how far it is."""
        return key_of(self.task, self.given)

    def _newest(self) -> "DBTaskResult[..., str] | None":
        given = {"args": list(self.given), "kwargs": {}}
        jobs = DBTaskResult.objects.filter(task_path=self.task.module_path, args_kwargs=given)
        return jobs.order_by("-enqueued_at").first()

    def _handed(self, stored: str) -> HttpResponseBase:
        answer = FileResponse(
            default_storage.open(stored),
            as_attachment=True,
            filename=self.name,
            content_type=self.content_type,
        )
        answer["Cache-Control"] = "private, no-store"
        return answer

    def _progress(self, request: HttpRequest, status: str) -> HttpResponse:
        done, total = cache.get(self.key, (0, 0))
        context: dict[str, Any] = {
            "name": self.name,
            "path": request.get_full_path(),
            "is_ready": status == TaskResultStatus.SUCCESSFUL,
            "is_broken": status == TaskResultStatus.FAILED,
            "done": done,
            "total": total,
        }
        return render_or_part(request, "writing.html", "parts/_writing.html", context)


def key_of(task: Task[..., str], given: Sequence[int | str]) -> str:
    """Return the word under which a job tells how far it is."""
    asked = json.dumps([task.module_path, list(given)])
    return f"writing:{hashlib.sha256(asked.encode()).hexdigest()[:32]}"


def tell(key: str, done: int, total: int) -> None:
    """Say how far a job is."""
    cache.set(key, (done, total), timeout=3600)


def kept(content: bytes, kind: str) -> str:
    """Keep a written file and return its name, which is what its job returns."""
    return default_storage.save(f"{FOLDER}/{uuid.uuid4().hex}.{kind}", ContentFile(content))


def _is_over(job: "DBTaskResult[..., str]") -> bool:
    """Tell whether a job gives no file any more: it failed, or its file is old or gone."""
    if job.status in {TaskResultStatus.READY, TaskResultStatus.RUNNING}:
        return False
    is_old: Any = job.finished_at is None or job.finished_at < timezone.now() - FRESH
    is_failed = job.status != TaskResultStatus.SUCCESSFUL
    return bool(is_failed or is_old or not default_storage.exists(job.return_value))
