"""Every stored file by its name, wherever Django's storage keeps them."""

from collections.abc import Iterator

from django.core.files.storage import default_storage


def names(folder: str = "") -> Iterator[str]:
    """Yield all names in an order that stays the same; a folder that is not there is empty."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}".lstrip("/") for name in sorted(files))
    for name in sorted(folders):
        yield from names(f"{folder}/{name}".lstrip("/"))
