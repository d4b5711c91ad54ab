"""Files in an S3-compatible store, which is asked for a range where no more of a file is wanted."""

from io import BytesIO
from typing import Any

from storages.backends.s3 import S3Storage


class RangedStorage(S3Storage):  # type: ignore[misc]  # untyped package
    """The store of django-storages; a range of a file is all that comes over the line."""

    def ranged(self, name: str, first: int, length: int) -> Any:
        """Return a stream of so many bytes from there on."""
        if not length:
            return BytesIO()
        stored = self.bucket.Object(self._normalize_name(name))
        return stored.get(Range=f"bytes={first}-{first + length - 1}")["Body"]
