"""What was written before, found by the hash of what went into it (`build/<client>/.cache`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from docgen.files import aside, replace_all, sha256


class Cache:
    """Files by key and name; a damaged or missing file is simply not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str, name: str) -> bytes | None:
        """The file kept under the key, if it is there whole."""
        try:
            entry = json.loads(self._entry(key).read_bytes())
            data = self._blob(entry[name]).read_bytes()
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return data if sha256(data) == entry[name] else None

    def put(self, entries: Mapping[str, Mapping[str, bytes]]) -> None:
        """Keep files: key -> name -> content; what the key already holds stays."""
        files: dict[Path, bytes] = {}
        for key, named in entries.items():
            entry = {**self._known(key), **{name: sha256(data) for name, data in named.items()}}
            files |= {self._blob(entry[name]): data for name, data in named.items()}
            files[self._entry(key)] = json.dumps(entry, sort_keys=True).encode()
        if files:
            with aside(self.folder) as staging:
                replace_all(files, staging)

    def sweep(self, keep: Iterable[str]) -> None:
        """Drop everything that belongs to none of the keys."""
        kept = {path for key in keep for path in (self._entry(key), *map(self._blob, self._known(key).values()))}
        for path in self.folder.glob("??/*"):
            if path not in kept:
                path.unlink(missing_ok=True)

    def _known(self, key: str) -> dict[str, Any]:
        try:
            found = json.loads(self._entry(key).read_bytes())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _entry(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"

    def _blob(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest
