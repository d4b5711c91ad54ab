"""Letters as files, one for each Message-ID: the demo's mail; the post knows what it took."""

import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FileBackend(BaseEmailBackend):
    """Write each letter into ``EMAIL_FILE_PATH``, whole or not at all.

    A letter handed over twice stays the one that was taken first: after a crash a sender may simply
    hand it over again. ``is_repeatable`` says so to whoever delivers.
    """

    is_repeatable = True

    def __init__(self, file_path: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Take the letters; return how many are there now."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for letter in email_messages:
            self._take(letter)
        return len(email_messages)

    def _take(self, letter: EmailMessage) -> None:
        message = letter.message()
        name = re.sub(r"[^\w.@-]", "", str(message["Message-ID"]))[:200]
        handle, draft = tempfile.mkstemp(dir=self.folder, prefix=".")
        with os.fdopen(handle, "wb") as file:
            file.write(message.as_bytes())
        try:
            os.link(draft, self.folder / f"{name}.eml")
        except FileExistsError:
            return
        finally:
            Path(draft).unlink()
