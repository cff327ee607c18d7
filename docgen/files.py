"""Files written so that a reader, a crash or a full disk never sees half of one."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from docgen.diagnostics import Span, fail

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


def sha256(data: bytes) -> str:
    """The SHA-256 of the bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


STORED = (".docx", ".pdf", ".xlsx", ".png", ".jpeg", ".jpg")
"""Endings of files that are compressed already."""


def zipped(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of the entries in their order, whose bytes depend on nothing else: fixed times and attributes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(STORED) else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, data)
    return stream.getvalue()


@contextmanager
def reported(path: Path) -> Iterator[None]:
    """Turns what the system refuses (no room, no access) into a DocgenError that names the path."""
    try:
        yield
    except OSError as error:
        raise fail("disk", Span(str(path)), path=str(path), reason=error.strerror or str(error)) from error


@contextmanager
def aside(folder: Path) -> Iterator[Path]:
    """A new folder inside `folder` to write into; gone afterwards, whatever happened.

    What a killed process left behind is removed by the next one: its folder is no longer locked.
    """
    with reported(folder):
        folder.mkdir(parents=True, exist_ok=True)
        made, lock = _made(folder)
    try:
        yield made
    finally:
        lock.close()
        _remove(made)


def _made(folder: Path) -> tuple[Path, IO[bytes]]:
    """A new folder and its lock; while `folder` itself is locked nobody else makes or removes one there."""
    with _opened(folder) as descriptor:
        if fcntl is not None and descriptor is not None:
            with suppress(OSError):
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                _remove_abandoned(folder)
        made = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
        try:
            lock = (made / "lock").open("wb")
        except OSError:
            _remove(made)
            raise
        _locked(lock)
        return made, lock


@contextmanager
def _opened(folder: Path) -> Iterator[int | None]:
    """A folder as the system opens it, None where it does not open folders."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        yield None
        return
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _remove(made: Path) -> None:
    """Remove a folder under another name, so that a removal that is broken off is ended by the next run."""
    old = made.with_name(made.name.replace(".new-", ".old-"))
    try:
        made.rename(old)
    except OSError:
        old = made
    shutil.rmtree(old, ignore_errors=True)


def _remove_abandoned(folder: Path) -> None:
    for left in folder.glob(".new-*"):
        try:
            with (left / "lock").open("rb") as stream:
                abandoned = _locked(stream)
        except FileNotFoundError:
            abandoned = True
        except OSError:
            abandoned = False
        if abandoned:
            _take_back(left)
            _remove(left)
    for left in folder.glob(".old-*"):
        shutil.rmtree(left, ignore_errors=True)


def _locked(stream: IO[bytes]) -> bool:
    """Lock an open file; whether no other process holds it. Where the system has no such locks, nobody cleans up."""
    if fcntl is None:
        return False
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def replace_all(files: Mapping[Path, bytes], staging: Path) -> None:
    """Write all files into `staging`, on the same file system, flush them, and only then rename each into place.

    Whatever stands in the way of a file is found before the first is replaced.
    """
    waiting: list[tuple[Path, Path]] = []
    for number, (path, data) in enumerate(files.items()):
        made = staging / str(number)
        with reported(path), made.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        with reported(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
        with reported(path):
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        waiting.append((made, path))
    for number, (made, path) in enumerate(waiting, 1):
        if number == len(waiting):
            _settle({before.parent for _, before in waiting[:-1]})
        with reported(path):
            made.replace(path)
    _settle({path.parent for _, path in waiting[-1:]})


def _settle(folders: Iterable[Path]) -> None:
    """Have the system keep what was renamed into the folders even if the power fails, where it can."""
    for folder in folders:
        with suppress(OSError), _opened(folder) as descriptor:
            if descriptor is not None:
                os.fsync(descriptor)


JOURNAL = "journal"


def replace_together(files: Mapping[Path, bytes], staging: Path) -> None:
    """Like `replace_all`, but the last file decides: until it stands, new ones before it are taken away again.

    `staging` was made by `aside` in a folder above all the files: where the process is killed in between, the next
    call of `aside` there takes them away.
    """
    new = [path.relative_to(staging.parent).as_posix() for path in files if not path.exists()]
    journal = staging / JOURNAL
    with reported(journal):
        journal.write_text(json.dumps([str(len(files) - 1), *new]), "utf-8")
    try:
        replace_all(files, staging)
    except BaseException:
        _take_back(staging)
        raise


def _take_back(staging: Path) -> None:
    """Remove what was put in place out of a staging folder that still holds the file that decides."""
    try:
        last, *new = map(str, json.loads((staging / JOURNAL).read_bytes()))
    except (OSError, ValueError, TypeError, RecursionError):  # Nothing was put in place before this was written whole.
        return
    top = staging.parent.resolve()
    for path in (staging.parent / name for name in new):
        if (staging / last).exists() and path.resolve().is_relative_to(top):
            with suppress(OSError):
                path.unlink()
                for folder in path.relative_to(staging.parent).parents:
                    (staging.parent / folder).rmdir()  # Ends at the first that is not empty.


def replace(path: Path, data: bytes) -> None:
    """Write one file aside and rename it into place."""
    with aside(path.parent) as staging:
        replace_all({path: data}, staging)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """While it lasts, no other process is inside for the same file; waits until it may go in."""
    with reported(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = path.open("ab")
    with stream:
        with reported(path):
            if fcntl is not None:
                fcntl.flock(stream, fcntl.LOCK_EX)
        yield
