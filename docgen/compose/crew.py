"""Compositions made side by side, a process a language, while the caller prepares what comes next."""

from __future__ import annotations

import pickle
import signal
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TypeVar

from docgen.compose.composer import Composer
from docgen.compose.composition import Composition
from docgen.compose.digest import content_digest
from docgen.diagnostics import Diagnostic, DocgenError, Language, Variant

T = TypeVar("T")


@dataclass(frozen=True)
class Composed:
    """A composition as it travels between processes, with the hash of all it says and shows."""

    code: str
    language: Language
    digest: str
    content: str
    """Hash of what it says alone (docgen.compose.digest)."""
    data: bytes
    variant: Variant | None = None
    record: str = ""
    """Number of the record, of a form that was filled in."""

    @property
    def place(self) -> str:
        """The folder that its files lie in."""
        return self.variant or self.language

    def open(self) -> Composition:
        """The composition itself."""
        return opened(self.data)


def sent(composition: Composition) -> bytes:
    """A composition as it travels between processes."""
    return pickle.dumps(composition, 5)


def opened(data: bytes) -> Composition:
    """The composition that was sent."""
    composition = pickle.loads(data)
    assert isinstance(composition, Composition)
    return composition


def composed(
    composer: Composer, codes: Sequence[str], languages: Sequence[Language], jobs: int, meanwhile: Callable[[], T]
) -> tuple[list[Composed], T]:
    """The compositions of the codes in the languages, and what `meanwhile` gave.

    Raises DocgenError with the mistakes of all of them. Processes are forked, so that nothing is loaded twice; where
    that is not safe (other systems than Linux) everything happens in turn.
    """
    if jobs < 2 or len(languages) < 2 or sys.platform != "linux":
        results = [_of_language(composer, codes, language) for language in languages]
        return _without_mistakes(results), meanwhile()
    with ProcessPoolExecutor(
        min(jobs, len(languages)), mp_context=get_context("fork"), initializer=_begin, initargs=(composer,)
    ) as pool:
        futures = [pool.submit(_in_worker, tuple(codes), language) for language in languages]
        other = meanwhile()
        return _without_mistakes([future.result() for future in futures]), other


def packed(composition: Composition, said: str = "") -> Composed:
    """A composition made ready to travel; `said` is its content digest where that is known."""
    hashes = composition.digest(), said or content_digest(composition)
    return Composed(
        composition.code,
        composition.lang,
        *hashes,
        sent(composition),
        composition.variant,
        composition.record,
    )


_Result = tuple[list[Composed], tuple[Diagnostic, ...]]
_inherited: Composer | None = None
"""In a worker, the composer it was forked with; it cannot be sent, its templates being compiled code."""


def _begin(composer: Composer) -> None:
    global _inherited
    _inherited = composer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # An interruption is told by the parent alone.


def _in_worker(codes: Sequence[str], language: Language) -> _Result:
    assert _inherited is not None
    return _of_language(_inherited, codes, language)


def _of_language(composer: Composer, codes: Sequence[str], language: Language) -> _Result:
    made: list[Composed] = []
    mistakes: list[Diagnostic] = []
    for code in codes:
        try:
            composition = composer.compose(code, language)
        except DocgenError as error:
            mistakes.extend(error.diagnostics)
        else:
            made.append(packed(composition))
    return made, tuple(mistakes)


def _without_mistakes(results: Sequence[_Result]) -> list[Composed]:
    mistakes = [mistake for _, found in results for mistake in found]
    if mistakes:
        raise DocgenError(mistakes)
    return [made for compositions, _ in results for made in compositions]
