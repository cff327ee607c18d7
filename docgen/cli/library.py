"""What the library tells: history, versions, comparisons, what is due, what has changed, whether all is as signed."""

from __future__ import annotations

import datetime
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from docgen.build import composer_of, dress_of, pressed
from docgen.cli.surroundings import language as spoken
from docgen.cli.surroundings import workers
from docgen.cli.work import folders_of, workspace_of
from docgen.compose.composer import Composer
from docgen.compose.composition import Composition
from docgen.compose.digest import short_code
from docgen.diagnostics import Diagnostic, Language, Span, fail
from docgen.files import aside, replace, sha256
from docgen.library.due import Due, due
from docgen.library.impact import Fact, impact
from docgen.library.keys import read_trusted, trusted
from docgen.library.lifecycle import Edition, Life
from docgen.library.shelf import Shelf
from docgen.library.standings import standing
from docgen.library.steps import readers
from docgen.library.verify import Holdings, Verified, verify
from docgen.model.organization import Client
from docgen.model.shared import SharedValues
from docgen.model.standing import newborn
from docgen.order import Format, Request
from docgen.redlines import Compared, redlines


def shelf_of(root: Path, client: str) -> Shelf:
    """A client's library; raises DocgenError for an unknown client."""
    return Shelf(folders_of(root, client)[0])


def history(root: Path, client: str, codes: Sequence[str], as_of: datetime.date) -> list[Life]:
    """The lives of documents, of all that have one where none is named."""
    shelf = shelf_of(root, client)
    known = shelf.codes()
    for code in codes:
        if code not in known:
            raise fail("nothing-issued", Span(shelf.shown(code)), document=code)
    return [shelf.life(code, as_of.isoformat()) for code in (codes or known)]


def edition_of(life: Life, version: str, shelf: Shelf) -> Edition:
    """A version of a document; raises DocgenError for one that there is not."""
    found = life.edition(version)
    if found is None:
        known = ", ".join(edition.version for edition in life.editions) or "—"
        raise fail("version-unknown", Span(shelf.shown(life.code)), document=life.code, version=version, known=known)
    return found


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
    life = shelf.life(code)
    chosen = life.edition(version) if version else life.in_force(as_of.isoformat()) or life.open or life.current()
    if chosen is None:
        chosen = edition_of(life, version or "—", shelf)
    return life, chosen, _written(root, client, life, chosen, formats, as_of) if formats else []


def _written(
    root: Path, client: str, life: Life, edition: Edition, formats: tuple[Format, ...], as_of: datetime.date
) -> list[Path]:
    """The files of a version as it stands, under `build/<client>/versions`."""
    space = workspace_of(root, client)
    composer, _ = composer_of(space, Request(as_of))
    shelf, issued = Shelf(space.folders[0]), edition.release is not None
    made = shelf.compositions(life.code, edition, None) if issued else shelf.submitted(life.code, edition)
    born = newborn(space.content.documents[life.code], space.content)
    stands = standing(life, edition, born, as_of.isoformat())
    marked = {language: composer.marked(one, stands) for language, one in made.items()}
    name = f"{life.code}_{edition.version.replace('/', '')}"
    return _print(composer, marked, formats, root / "build" / client, f"versions/{name}")


def _print(
    composer: Composer, made: Mapping[Language, Composition], formats: tuple[Format, ...], folder: Path, name: str
) -> list[Path]:
    """Write compositions in the client's present dress; the paths of the files."""
    from docgen.press import Task, print_all

    with aside(folder) as staging:
        dresses = {language: dress_of(composer, language) for language in made}
        press = pressed(composer, {dress.key: dress for dress in dresses.values()}, staging)
        tasks = [Task(one, language, formats, 1, dresses[language].key, {}) for language, one in made.items()]
        files = print_all(press, tasks, workers(), staging, lambda done, total, name: None)
    written = {
        folder / f"{name}_{language}.{format_}": data
        for language, named in files.items()
        for format_, data in named.items()
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
    made = {
        language: composer.numbered(one, number) for language, one in shelf.compositions(code, edition, None).items()
    }
    name = f"copies/{code}_{edition.version.replace('/', '')}_{number:03}"
    return _print(composer, made, ("pdf",), root / "build" / client, name)


def version_of_copy(root: Path, client: str, code: str, number: int) -> str:
    """The version that a numbered copy is of; raises DocgenError where there is no such copy."""
    shelf = shelf_of(root, client)
    for edition in shelf.life(code).issued:
        if number in edition.copies:
            return edition.version
    span = Span(shelf.shown(code))
    raise fail("copy-unknown", span, document=code, version="", number=str(number), out="—")


def sections_of(made: Compared) -> dict[str, Any]:
    """A comparison for scripts."""
    sections = {language: [asdict(section) for section in found] for language, found in made.sections.items()}
    return {"document": made.code, "before": made.before, "after": made.after, "sections": sections}


def counts(found: Verified) -> dict[str, int]:
    """How much was looked at."""
    names = ("documents", "releases", "signatures", "keys", "files")
    return {name: getattr(found, name) for name in names}


def changed_facts(root: Path, client: str, file: str, as_of: datetime.date) -> tuple[list[Fact], list[str]]:
    """Shared values that documents in force print otherwise; and the documents whose content differs in any way."""
    from docgen.compose.digest import content_digest, of_languages

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


def dues(root: Path, client: str, within: int | None, as_of: datetime.date) -> tuple[list[Due], Mapping[str, str]]:
    """What is due, and the names of people and roles."""
    from docgen.library.workdays import later
    from docgen.model.workspace import part

    content = part(folders_of(root, client))
    people: Client = content.client
    settings = content.control
    until = as_of + datetime.timedelta(days=within) if within is not None else later(as_of, settings.remind_before)
    recall = (later(as_of, settings.recall_within) - as_of).days
    names = {str(one.id): str(one.name.of(_language(people))) for one in people.people}
    names |= {str(one.id): str(one.name.of(_language(people))) for one in people.roles}

    def holders(roles: Sequence[str], day: str) -> list[str]:
        return readers(content, roles, datetime.date.fromisoformat(day))

    return due(shelf_of(root, client).lives(as_of.isoformat()), as_of, until, recall, holders), names


def _language(client: Client) -> Language:
    return spoken() if spoken() in client.languages else client.languages[0]


def verified(root: Path, client: str, pack: Path | None, keys: Path | None = None) -> Verified:
    """The client's library, or a received pack, looked through; `keys` instead of those that the pack brings along."""
    if pack is not None:
        return _verified_pack(pack, keys)
    folder = folders_of(root, client)[0]
    shelf = Shelf(folder)
    names = {path.relative_to(shelf.folder).as_posix() for path in shelf.folder.rglob("*") if path.is_file()}
    holdings = Holdings(frozenset(names), shelf.read, shelf.shown, partial=False)
    return verify(holdings, read_trusted(folder / "keys"), workers())


def _verified_pack(pack: Path, keys: Path | None) -> Verified:
    try:
        with zipfile.ZipFile(pack) as archive:
            return _verified_archive(archive, pack, keys)
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, RuntimeError) as error:
        raise fail("pack-unreadable", Span(str(pack)), reason=str(error)[:80]) from error


MAX_UNPACKED = 4 * 1024 * 1024 * 1024


def _verified_archive(archive: zipfile.ZipFile, pack: Path, own: Path | None) -> Verified:
    if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
        raise fail("pack-unreadable", Span(str(pack)), reason=f"> {MAX_UNPACKED // 1024**3} GiB")
    held = {name: archive.read(name) for name in archive.namelist()}
    told = {entry["path"]: entry["sha256"] for entry in json.loads(held["manifest.json"])["files"]}
    faults = []
    for name in sorted({*told, *held} - {"manifest.json"}):
        code = "file-gone" if name not in held else "file-stray" if name not in told else "file-changed"
        if name not in held or sha256(held[name]) != told.get(name):
            faults.append(Diagnostic(code, Span(f"{pack.name}/{name}"), {"document": name, "path": name}))
    library = {name.removeprefix("library/"): data for name, data in held.items() if name.startswith("library/")}
    keys = {name.removeprefix("keys/"): data for name, data in library.items() if name.startswith("keys/")}
    holdings = Holdings(
        frozenset(name for name in library if not name.startswith("keys/")),
        library.__getitem__,
        lambda path: f"{pack.name}/library/{path}",
        partial=True,
    )
    known = read_trusted(own) if own is not None else trusted(keys, f"{pack.name}/library/keys")
    found = verify(holdings, known, workers())
    return Verified(**{**vars(found), "files": len(held), "faults": (*found.faults, *faults)})


_SHORT = re.compile(r"[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}")


def is_check_code(text: str) -> bool:
    """Whether a text is the check code of a cover, such as 3F7A-9C21-44B0."""
    return _SHORT.fullmatch(text.upper()) is not None


def by_check_code(root: Path, client: str, code: str, as_of: datetime.date) -> dict[str, Any]:
    """The version that a print's check code belongs to, and whether it is in force; raises DocgenError for none."""
    shelf = shelf_of(root, client)
    for life in shelf.lives().values():
        for edition in life.editions:
            if short_code(edition.digest) == code.upper():
                current = life.in_force(as_of.isoformat())
                state = life.state(edition, as_of.isoformat())
                in_force = current.version if current is not None else "—"
                return {"document": life.code, "version": edition.version, "state": state, "in_force": in_force}
    raise fail("code-unknown", Span(shelf.shown("")), code=code)


def as_data(things: Sequence[Any]) -> list[dict[str, Any]]:
    """Plain values of dataclasses, for scripts."""
    return [asdict(thing) for thing in things]
