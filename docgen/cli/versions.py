"""Versions compared, shown as files, copied, and held against what the content says now."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from docgen.build import composer_of, in_present_dress
from docgen.cli.library import edition_of, shelf_of
from docgen.cli.surroundings import workers
from docgen.cli.work import workspace_of
from docgen.compose.composer import Composer
from docgen.compose.composition import Composition
from docgen.compose.digest import content_digest, of_languages
from docgen.diagnostics import Language, Span, fail
from docgen.files import aside, replace
from docgen.library.impact import Fact, impact
from docgen.library.lifecycle import Edition, Life
from docgen.library.shelf import Shelf
from docgen.library.standings import standing
from docgen.model.newborn import newborn
from docgen.model.shared import SharedValues
from docgen.order import Format, Request
from docgen.redlines import Compared, redlines, said_by


def compared(
    root: Path, client: str, code: str, versions: Sequence[str], formats: tuple[Format, ...], as_of: datetime.date
) -> tuple[Compared, list[Path]]:
    """Two versions compared, or the newest issued one with the content as it stands; the redlines are written."""
    space = workspace_of(root, client)
    composer, lives = composer_of(space, Request(as_of))
    shelf, life = Shelf(space.folders[0]), lives.get(code, Life(code))
    current = life.current()
    if current is None:
        raise fail("nothing-issued", Span(shelf.shown(code)), document=code)
    before = edition_of(life, versions[0], shelf) if versions else current
    after = edition_of(life, versions[1], shelf) if len(versions) > 1 else None
    folder = root / "build" / client
    made = redlines(composer, [(code, before, after)], formats, workers(), folder)[0]
    name = f"{code}_{made.before}-{made.after}".replace("/", "")
    paths = []
    for (language, format_), data in made.files.items():
        paths.append(folder / "redline" / f"{name}_{language}.{format_}")
        replace(paths[-1], data)
    return made, paths


def shown(
    root: Path, client: str, code: str, version: str, formats: tuple[Format, ...], as_of: datetime.date
) -> tuple[Life, Edition, list[Path]]:
    """A version of a document, and its files with the mark of the state it is in."""
    shelf = shelf_of(root, client)
    life = shelf.life(code, as_of.isoformat())
    if not life.editions:
        raise fail("nothing-issued", Span(shelf.shown(code)), document=code)
    day = as_of.isoformat()
    newest = life.in_force(day) or life.open or life.editions[-1]
    chosen = edition_of(life, version, shelf) if version else newest
    return life, chosen, _written(root, client, life, chosen, formats, as_of) if formats else []


def _written(
    root: Path, client: str, life: Life, edition: Edition, formats: tuple[Format, ...], as_of: datetime.date
) -> list[Path]:
    """The files of a version as it stands, under `build/<client>/versions`."""
    space = workspace_of(root, client)
    composer, _ = composer_of(space, Request(as_of))
    made = said_by(composer, life.code, edition)
    born = newborn(space.content.documents[life.code], space.content)
    stands = standing(life, edition, born, as_of.isoformat())
    marked = {language: composer.refilled(composer.marked(one, stands)) for language, one in made.items()}
    name = f"{life.code}_{edition.version.replace('/', '')}"
    return _print(composer, marked, formats, root / "build" / client, f"versions/{name}")


def _print(
    composer: Composer, made: Mapping[Language, Composition], formats: tuple[Format, ...], folder: Path, name: str
) -> list[Path]:
    """Write compositions in the client's present dress; the paths of the files."""
    with aside(folder) as staging:
        named: dict[str, Composition] = {str(language): one for language, one in made.items()}
        files = in_present_dress(composer, named, formats, {}, workers(), staging)
    written = {
        folder / f"{name}_{language}.{format_}": data
        for language, made_of in files.items()
        for format_, data in made_of.items()
    }
    for path, data in written.items():
        replace(path, data)
    return list(written)


def newest_copy(root: Path, client: str, code: str, as_of: datetime.date) -> list[Path]:
    """Write the PDFs of the numbered copy that was issued last."""
    space = workspace_of(root, client)
    composer, _ = composer_of(space, Request(as_of))
    shelf = Shelf(space.folders[0])
    life = shelf.life(code)
    edition = max((one for one in life.issued if one.copies), key=lambda one: max(one.copies))
    number = max(edition.copies)
    compositions = shelf.compositions(code, edition, None)
    made = {lang: composer.numbered(composer.refilled(one), number) for lang, one in compositions.items()}
    name = f"copies/{code}_{edition.version.replace('/', '')}_{number:03}"
    return _print(composer, made, ("pdf",), root / "build" / client, name)


def sections_of(made: Compared) -> dict[str, Any]:
    """A comparison for scripts."""
    sections = {language: [asdict(section) for section in found] for language, found in made.sections.items()}
    return {"document": made.code, "before": made.before, "after": made.after, "sections": sections}


def changed_facts(root: Path, client: str, file: str, as_of: datetime.date) -> tuple[list[Fact], list[str]]:
    """Shared values that documents in force print otherwise; and the documents whose content differs in any way."""
    space = workspace_of(root, client)
    composer, lives = composer_of(space, Request(as_of))
    day, shelf = as_of.isoformat(), Shelf(space.folders[0])
    facts = impact(shelf, lives, day, SharedValues(space.tree).by_path, Path(file).name if file else "")
    differing = []
    for code, life in lives.items():
        edition = life.in_force(day)
        if edition is not None and life.open is None and code in space.content.documents:
            now = {one: content_digest(composer.compose(code, one)) for one in space.content.client.languages}
            differing += [f"{code} {edition.version}"] if of_languages(now) != edition.digest else []
    return facts, differing
