"""What was written before, found by the hash of what went into it (`build/<client>/.cache`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from docgen.files import aside, replace_all, sha256


class Cache:
    """Files by key and name; a damaged or missing file is simply not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._entries: dict[str, dict[str, str]] = {}

    def digest(self, key: str, name: str) -> str:
        """The SHA-256 of the file kept under the key; '' where there is none."""
        return self._entry(key).get(name, "")

    def get(self, key: str, name: str) -> bytes | None:
        """The file kept under the key, if it is there whole."""
        digest = self.digest(key, name)
        try:
            data = self._blob(digest).read_bytes() if digest else b""
        except OSError:
            return None
        return data if sha256(data) == digest else None

    def put(self, entries: Mapping[str, Mapping[str, bytes]]) -> None:
        """Keep files: key -> name -> content; what the key already holds stays."""
        files: dict[Path, bytes] = {}
        for key, named in entries.items():
            digests = {name: sha256(data) for name, data in named.items()}
            files |= {self._blob(digests[name]): data for name, data in named.items()}
            entry = {**self._entry(key), **digests}
            files[self._path(key)] = json.dumps(entry, sort_keys=True).encode()
            self._entries[key] = entry
        if files:
            with aside(self.folder) as staging:
                replace_all(files, staging)

    def sweep(self, keep: Iterable[str]) -> None:
        """Drop everything that belongs to none of the keys."""
        kept = {self._path(key) for key in keep}
        kept |= {self._blob(self.digest(key, name)) for key in keep for name in self._entry(key)}
        for path in self.folder.glob("??/*"):
            if path not in kept:
                path.unlink(missing_ok=True)

    def _entry(self, key: str) -> dict[str, str]:
        """What the key holds: name -> SHA-256 and size."""
        if key not in self._entries:
            try:
                found = json.loads(self._path(key).read_bytes())
            except (OSError, ValueError):
                found = {}
            self._entries[key] = found if isinstance(found, dict) else {}
        return self._entries[key]

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"

    def _blob(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest
