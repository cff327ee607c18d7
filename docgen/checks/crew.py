"""Compositions made and looked at side by side: the documents in shares, a process a share."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from docgen.compose.composer import Composer, Headings, mistakes
from docgen.diagnostics import Diagnostic

Look = Callable[[Composer, Sequence[str], Collection[str]], list[Diagnostic]]
"""What the rules of these codes find in some documents that compose without mistakes."""
SMALL = 12
"""Documents from which a process of their own is worth starting."""


@dataclass(frozen=True)
class Looked:
    """What came of some documents."""

    broken: list[Diagnostic]
    """What composing finds wrong."""
    found: list[Diagnostic]
    """What the rules find."""
    headings: Headings


def looked_at(
    composer: Composer,
    codes: Sequence[str],
    rules: Collection[str],
    look: Look,
    jobs: int,
    meanwhile: Callable[[], None],
) -> Looked:
    """Compose the documents and look at them, while the caller does something else.

    Those that print sections of all others come last, with the headings that the shares have found. Processes are
    forked, so that nothing is loaded twice; where that is not safe (other systems than Linux) all happens in turn.
    """
    late = [code for code in codes if composer.needs_all(code)]
    first = [code for code in codes if code not in late]
    if jobs < 2 or len(first) < SMALL or sys.platform != "linux":
        meanwhile()
        return _looked(composer, [*first, *late], rules, look)
    with ProcessPoolExecutor(jobs, get_context("fork"), _begin, (composer, look)) as pool:
        # Neighbours are alike in size: dealt out in turn, shares take about as long.
        futures = [pool.submit(_share, first[start::jobs], rules) for start in range(jobs)]
        meanwhile()
        shares = [future.result() for future in futures]
    for share in shares:
        composer.know(share.headings)
    shares.append(_looked(composer, late, rules, look))
    broken = [one for share in shares for one in share.broken]
    return Looked(broken, [one for share in shares for one in share.found], {})


def _looked(composer: Composer, codes: Sequence[str], rules: Collection[str], look: Look) -> Looked:
    broken = mistakes(composer, codes)
    return Looked(broken, [] if broken else look(composer, codes, rules), composer.known())


_inherited: tuple[Composer, Look] | None = None
"""In a worker, what it was forked with; a composer cannot be sent, its templates being compiled code."""


def _begin(composer: Composer, look: Look) -> None:
    global _inherited
    _inherited = composer, look
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # An interruption is told by the parent alone.


def _share(codes: Sequence[str], rules: Collection[str]) -> Looked:
    assert _inherited is not None
    composer, look = _inherited
    return _looked(composer, codes, rules, look)
