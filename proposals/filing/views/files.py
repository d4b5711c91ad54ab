"""Sending a kept file to the browser so that it can do no harm there, whole or a range of it."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import IO, Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from proposals import web
from proposals.enums import ScanState
from proposals.uploads.kinds import PDF, SHOWN_INLINE

CHUNK = 64 * 1024
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
POLICY = "default-src 'none'; sandbox"
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Browsers do not show a PDF within a sandbox; their own viewer runs nothing of ours."""


class Slice:
    """Some bytes of an open file, read in chunks; the file is closed with the answer."""

    def __init__(self, stream: IO[bytes], start: int, length: int) -> None:
        self.stream, self.start, self.length = stream, start, length

    def __iter__(self) -> Iterator[bytes]:
        if self.stream.seekable():  # what a store sends begins where it was asked to
            self.stream.seek(self.start)
        left = self.length
        while left and (chunk := self.stream.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk

    def close(self) -> None:
        """Close the file."""
        self.stream.close()


def file_answer(
    request: HttpRequest, file: Any, name: str, content_type: str, sha256: str
) -> HttpResponseBase:
    """Stream a file that access has let through: never sniffed, cached or run as a page.

    A broken download goes on where it stopped: ``Range``, tied to the checksum by ``If-Range``.
    """
    try:
        size = file.size
    except (FileNotFoundError, ValueError) as error:
        raise Http404 from error
    etag = f'"{sha256}"'
    first, last = _range(request, size, etag)
    answer: HttpResponseBase
    if first > last and size:
        answer = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        answer["Content-Range"] = f"bytes */{size}"
        return answer
    stream = _opened(file, first, last - first + 1)
    answer = StreamingHttpResponse(Slice(stream, first, last - first + 1))
    answer["Content-Length"] = str(last - first + 1)
    if last - first + 1 < size:
        answer.status_code = HTTPStatus.PARTIAL_CONTENT
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    answer["ETag"] = etag
    return _safe(answer, name, content_type)


def _opened(file: Any, first: int, length: int) -> Any:
    """Open a file; a store that can is asked for no more than this range."""
    ranged = getattr(file.storage, "ranged", None)
    if ranged is not None:
        return ranged(file.name, first, length)
    return file.open("rb").file


def _safe(answer: HttpResponseBase, name: str, content_type: str) -> HttpResponseBase:
    shown = content_type in SHOWN_INLINE
    answer["Content-Type"] = content_type
    answer["Content-Disposition"] = content_disposition_header(not shown, name) or "attachment"
    answer["Accept-Ranges"] = "bytes"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = PDF_POLICY if content_type == PDF else POLICY
    return answer


def _range(request: HttpRequest, size: int, etag: str) -> tuple[int, int]:
    """Return the first and last byte that are wanted; the first behind the last: not there.

    Several ranges at once, or words that are no range, are answered with the whole file.
    """
    whole = 0, size - 1
    asked = RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or request.headers.get("If-Range", etag) != etag:
        return whole
    start, end = (int(text) if text else None for text in asked.groups())
    if start is None:  # the last so many
        return whole if end is None else (max(0, size - end), size - 1)
    if end is not None and end < start:
        return whole
    return start, size - 1 if end is None else min(end, size - 1)


def held_answer(request: HttpRequest, name: str, state: str, found: str) -> HttpResponse:
    """Say in words why a file is not opened: it is being checked, or a virus was found."""
    context = {"name": name, "is_infected": state == ScanState.INFECTED, "found": found}
    return render(request, "proposals/filing/held.html", context, status=web.CONFLICT)
