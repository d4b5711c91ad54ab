"""Sending a kept file to the browser so that it can do no harm there."""

from typing import Any

from django.http import FileResponse, Http404

from proposals.filing.actions.uploads import SHOWN_INLINE


def file_answer(file: Any, name: str, content_type: str) -> FileResponse:
    """Stream a file that access has let through: never sniffed, cached or run as a page."""
    try:
        stream = file.open("rb")
    except (FileNotFoundError, ValueError) as error:
        raise Http404 from error
    shown = content_type in SHOWN_INLINE
    answer = FileResponse(stream, as_attachment=not shown, filename=name, content_type=content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if shown:
        answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return answer
