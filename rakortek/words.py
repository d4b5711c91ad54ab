"""The words of the screen: compiled from .po to .mo without gettext's programs."""

from collections.abc import Iterable
from pathlib import Path

import polib
from django.utils import translation
from django.utils.autoreload import file_changed


def compile_stale(folder: Path) -> list[Path]:
    """Compile what is newer than its compiled file; whole files only ever stand in place."""
    stale = [source for source in sorted(folder.glob("*/LC_MESSAGES/*.po")) if _is_stale(source)]
    for source in stale:
        beside = source.with_suffix(".mo.new")
        polib.pofile(str(source)).save_as_mofile(str(beside))
        beside.replace(source.with_suffix(".mo"))
    return stale


def read_anew(compiled: Iterable[Path]) -> None:
    """Let this process read words that it has just compiled: what it looked up before is kept."""
    language = translation.get_language()
    for source in compiled:
        file_changed.send(sender=read_anew, file_path=source.with_suffix(".mo"))
    if language:
        translation.activate(language)


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime
