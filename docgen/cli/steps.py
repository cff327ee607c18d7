"""Steps in documents' lives, from the command line to the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from docgen.build import chosen, composer_of, printed
from docgen.checks import check_document
from docgen.cli import surroundings
from docgen.cli.words import say
from docgen.cli.work import workspace_of
from docgen.compose.composer import Composer
from docgen.compose.composition import Composition
from docgen.diagnostics import Language, Span
from docgen.files import aside
from docgen.library.desk import Actor, Desk, Printed
from docgen.library.ledger import Event
from docgen.library.lifecycle import Edition, Life
from docgen.library.shelf import Shelf
from docgen.library.steps import Signer, proposed, take
from docgen.order import Request


@dataclass(frozen=True)
class Taken:
    """A step that was taken, and where it led."""

    code: str
    event: Event
    life: Life

    @property
    def edition(self) -> Edition:
        """The version it was about."""
        found = self.life.edition(str(self.event["version"]))
        assert found is not None
        return found

    def as_data(self) -> dict[str, Any]:
        """For scripts."""
        return {"document": self.code, "stage": self.edition.stage, "hash": self.event.hash, **self.event.fields}


def act(
    root: Path, client: str, person: str, action: str, codes: Sequence[str], version: str = "", **fields: Any
) -> list[Taken]:
    """Take a step on every one of the documents, or on none of them."""
    space = workspace_of(root, client)
    chosen(space, Request(surroundings.today(), tuple(codes)))
    shelf = Shelf(space.folders[0])
    with shelf.alone():
        # The time is read in here: whoever was inside before acted before.
        at, given = surroundings.now()
        actor = Actor(person or surroundings.person(), surroundings.account(), at, given)
        composer, lives = composer_of(space, Request(actor.day))
        lives = shelf.lives()
        desk = Desk(
            space,
            composer,
            shelf,
            lives,
            actor,
            partial(check_document, composer),
            _printer(root, client, composer),
        )
        proposals = [proposed(desk, action, code, version, **fields) for code in codes]
        events = take(proposals)
        return [Taken(code, event, shelf.life(code)) for code, event in zip(codes, events, strict=True)]


def signer(key: Path, passphrase: Callable[[], str]) -> Signer:
    """What signs a statement with the key in a file."""
    from docgen.library.keys import sign

    return lambda statement: sign(statement, key, lambda: passphrase().encode())


def sealer(certificate: Path, passphrase: Callable[[], str], timestamp: str | None) -> Callable[[bytes], bytes]:
    """What seals a PDF with the certificate in a file."""
    from docgen.library.seal import seal

    at = datetime.fromisoformat(surroundings.now()[0])
    asked = cache(lambda: passphrase().encode())
    return lambda data: seal(data, certificate, asked, at, say("seal-reason"), timestamp, Span(str(certificate)))


def _printer(root: Path, client: str, composer: Composer) -> Callable[[Mapping[Language, Composition]], Printed]:
    def print_(compositions: Mapping[Language, Composition]) -> Printed:
        with aside(root / "build" / client) as staging:
            return printed(composer, compositions, staging)

    return print_
