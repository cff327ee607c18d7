"""Packs: what is in force, built and put into one zip with what proves it, or the drafts for comment."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path

from docgen.build import Built, build, composer_of
from docgen.compose.composer import Composer
from docgen.compose.labels import read_labels
from docgen.compose.views import in_order
from docgen.diagnostics import Language, Span, fail
from docgen.files import replace
from docgen.library.lifecycle import Edition, Life
from docgen.library.shelf import LEDGER, OBJECTS, Shelf, place
from docgen.library.standings import standing
from docgen.model.newborn import newborn
from docgen.model.workspace import Workspace
from docgen.order import Progress, Request
from docgen.pack import Absent, Changed, Contents, Document, Record, pack
from docgen.redlines import redlines


def packed(
    workspace: Workspace,
    folder: Path,
    request: Request,
    progress: Progress,
    *,
    drafts: bool = False,
    since: datetime.date | None = None,
) -> tuple[Path, int, int]:
    """Build, and put what is in force (or the drafts) into one zip in `folder/pack`; its path, size and documents.

    Raises DocgenError where there is nothing to pack; where nothing is in force, before anything is built."""
    composer, lives = composer_of(workspace, request)
    day = request.as_of.isoformat()
    empty = fail("pack-empty", Span(f"content/{workspace.name}"), name=workspace.name)
    if not drafts and not any(code in lives and lives[code].in_force(day) for code in workspace.content.documents):
        raise empty
    built = build(workspace, folder, request, progress)
    documents = list(_documents(composer, lives, built, drafts=drafts))
    if not documents:
        raise fail("pack-no-drafts", empty.diagnostics[0].span, name=workspace.name) if drafts else empty
    contents = Contents(
        documents,
        _organization(composer, documents[0]),
        [] if drafts else list(_absent(composer, lives, built)),
        list(_changed(composer, lives, built, since, request.jobs, folder)) if since is not None else [],
        since.isoformat() if since is not None else "",
        {} if drafts else _proof(Shelf(workspace.folders[0]), lives, day),
        () if drafts else _records(composer, built),
    )
    labels = {language: read_labels(workspace.folders, language) for language in workspace.content.client.languages}
    data = pack(workspace, contents, labels, day)
    name = f"{workspace.name}-sms-{'draft-' if drafts else ''}{day}.zip"
    path = folder / "pack" / name
    replace(path, data)
    return path, len(data), len(documents)


def _records(composer: Composer, built: Built) -> list[Record]:
    """The forms that were filled in."""
    content = composer.workspace.content
    files: dict[tuple[str, str], dict[tuple[Language, str], bytes]] = {}
    for output in built.outputs:
        if output.record:
            of_record = files.setdefault((output.code, output.record), {})
            of_record[output.language, str(output.format)] = output.path.read_bytes()
    return [
        Record(
            code,
            number,
            {one: composer.plain(content.documents[code].title, one) for one in content.client.languages},
            made,
        )
        for (code, number), made in files.items()
    ]


def _organization(composer: Composer, document: Document) -> dict[Language, str]:
    """The client's name as documents print it now."""
    compositions = {
        language: composer.fronted(one, document.standing) for language, one in document.compositions.items()
    }
    return {language: one.front.organization for language, one in compositions.items()}


def _documents(composer: Composer, lives: Mapping[str, Life], built: Built, *, drafts: bool) -> Iterator[Document]:
    content, day = composer.workspace.content, composer.as_of.isoformat()
    for code in in_order(content):
        chosen = built.drafts if drafts else built.in_force
        compositions = {one.language: one.open() for one in chosen if one.code == code}
        if not compositions:
            continue
        files = {
            (output.language, str(output.format)): output.path.read_bytes()
            for output in built.outputs
            if output.code == code and output.draft is drafts and not (output.record or output.variant)
        }
        record, life = content.documents[code], lives.get(code, Life(code))
        stands = composer.standings.working[code]
        edition = life.current() if drafts else life.in_force(day)
        frozen = next(iter(compositions.values())).front.digest
        if edition is not None and frozen == edition.digest:
            stands = standing(life, edition, newborn(record, content), day)
        yield Document(record.level, record.kind, stands, compositions, files)


def _absent(composer: Composer, lives: Mapping[str, Life], built: Built) -> Iterator[Absent]:
    """Every version that is not in force: being made, still to come, superseded, withdrawn."""
    content, day = composer.workspace.content, composer.as_of.isoformat()
    titles = _titles(built)
    for code in in_order(content):
        life = lives.get(code, Life(code))
        if not life.editions:
            yield Absent(code, titles[code], newborn(content.documents[code], content).version, "draft")
        for edition in life.editions:
            state = life.state(edition, day)
            if state != "in_force":
                yield Absent(code, _listed(edition) or titles.get(code, {}), edition.version, state)


def _titles(built: Built) -> dict[str, dict[Language, str]]:
    """Titles as the documents print them, of what is in force rather than of drafts."""
    found: dict[str, dict[Language, str]] = {}
    for one in (*built.drafts, *built.in_force):
        found.setdefault(one.code, {})[one.language] = one.open().front.title
    return found


def _proof(shelf: Shelf, lives: Mapping[str, Life], day: str) -> dict[str, bytes]:
    """Ledgers and frozen versions of what is in force, as they lie in the library."""
    keys = shelf.client / "keys"
    found = {
        f"keys/{path.relative_to(keys).as_posix()}": path.read_bytes() for path in keys.rglob("*") if path.is_file()
    }
    for code, life in lives.items():
        found[f"{code}/{LEDGER}"] = shelf.read(f"{code}/{LEDGER}")
        edition = life.in_force(day)
        if edition is None:
            continue
        release = shelf.release(code, edition)
        names = [
            "release.json",
            *(f"{language}.json" for language in release["compositions"]),
            *release.get("kept", ()),
        ]
        found |= {(path := f"{place(code, edition.version)}/{name}"): shelf.read(path) for name in names}
        objects = {*release["shells"].values(), *release["logos"]}
        found |= {f"{OBJECTS}/{digest}": shelf.object(digest) for digest in objects}
    return found


def _changed(
    composer: Composer, lives: Mapping[str, Life], built: Built, since: datetime.date, jobs: int, folder: Path
) -> Iterator[Changed]:
    """What was in force on a day against what is in force now, with redlines of what was in force on both."""
    day, titles = composer.as_of.isoformat(), _titles(built)
    labels = {language: composer.labels(language) for language in composer.workspace.content.client.languages}
    both = []
    for code in in_order(composer.workspace.content):
        life = lives.get(code, Life(code))
        before, after = life.in_force(since.isoformat()), life.in_force(day)
        if before is None and after is not None:
            kind = "adopted" if composer.workspace.content.documents[code].changes else "first"
            begun = {language: one.value(kind, "kind") for language, one in labels.items()}
            yield Changed(code, titles[code], "—", after.version, begun, {})
        elif before is not None and after is None:
            ended = {language: one.value("withdrawn", "state") for language, one in labels.items()}
            yield Changed(code, _listed(before), before.version, "—", ended, {})
        elif before is not None and after is not None and before is not after:
            both.append((code, before, after))
    for (code, before, after), one in zip(both, redlines(composer, both, ("docx", "pdf"), jobs, folder), strict=True):
        yield Changed(code, titles[code], before.version, after.version, one.summaries, one.files)


def _listed(edition: Edition) -> dict[Language, str]:
    """The titles of an issued version as it printed them; none of one that is still being made."""
    if edition.release is None or edition.submission is None:
        return {}
    return {language: row["title"] for language, row in edition.submission["listing"].items()}
