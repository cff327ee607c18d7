"""Redlines as files: two versions of documents compared and written in the client's present dress."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.build import in_present_dress, named_apart
from docgen.compose.composer import Composer
from docgen.compose.composition import Composition
from docgen.diagnostics import Language
from docgen.files import aside
from docgen.library.comparison import changes, redline
from docgen.library.lifecycle import Edition
from docgen.library.notes import what_changed
from docgen.library.redline import SectionChange
from docgen.library.shelf import Shelf
from docgen.order import Format


@dataclass(frozen=True)
class Compared:
    """Two versions of a document, compared in each language."""

    code: str
    before: str
    after: str
    sections: Mapping[Language, tuple[SectionChange, ...]]
    summaries: Mapping[Language, str]
    """What changed, in a sentence."""
    files: Mapping[tuple[Language, str], bytes]


def redlines(
    composer: Composer,
    pairs: Sequence[tuple[str, Edition, Edition | None]],
    formats: tuple[Format, ...],
    jobs: int,
    folder: Path,
) -> list[Compared]:
    """Every pair (document, earlier version, later version or None for the content as it stands) compared."""
    versions = [(code, before, _versions(composer, code, before, after)) for code, before, after in pairs]
    files = _written(composer, versions, formats, jobs, folder) if formats else {}
    found = []
    for code, before, sides in versions:
        sections = {language: changes(old, new, _at(new)) for language, (old, new) in sides.items()}
        said = {language: what_changed(section, composer.labels(language)) for language, section in sections.items()}
        after = next(iter(sides.values()))[1].front.version
        made: dict[tuple[Language, str], bytes] = {
            (lang, name): files[code, lang, name] for lang in sides for name in formats
        }
        found.append(Compared(code, before.version, after, sections, said, made))
    return found


Sides = Mapping[Language, tuple[Composition, Composition]]


def _versions(composer: Composer, code: str, before: Edition, after: Edition | None) -> Sides:
    old, new = said_by(composer, code, before), said_by(composer, code, after)
    languages = composer.workspace.content.client.languages
    return {language: (old[language], new[language]) for language in languages if language in old and language in new}


def said_by(composer: Composer, code: str, edition: Edition | None) -> Mapping[Language, Composition]:
    """What a version says: as it was issued or submitted; a draft, and None, as the content stands."""
    shelf = Shelf(composer.workspace.folders[0])
    if edition is not None and edition.release is not None:
        return shelf.compositions(code, edition, None)
    if edition is not None and edition.submission is not None and edition.stage != "draft":
        return shelf.submitted(code, edition)
    languages = composer.workspace.content.client.languages
    return {language: named_apart(composer, composer.compose(code, language)) for language in languages}


def _written(
    composer: Composer,
    versions: Sequence[tuple[str, Edition, Sides]],
    formats: tuple[Format, ...],
    jobs: int,
    folder: Path,
) -> dict[tuple[str, Language, str], bytes]:
    links = {code: f"{code}.html" for code in composer.workspace.content.documents}
    made: dict[str, Composition] = {}
    named: dict[str, tuple[str, Language]] = {}
    for code, before, sides in versions:
        for language, (old, new) in sides.items():
            marked = redline(old, new, new.front.organization, _at(new))
            front = replace(new.front, mark=f"{before.version} → {new.front.version}", watermark="")
            named[f"{code}-{language}"] = code, language
            made[f"{code}-{language}"] = replace(new, blocks=marked.blocks, figures=marked.figures, front=front)
    with aside(folder) as staging:
        files = in_present_dress(composer, made, formats, links, jobs, staging)
    return {(*named[name], format_): data for name, written in files.items() for format_, data in written.items()}


def _at(new: Composition) -> datetime.datetime:
    """The moment that marks carry: the day of the newer version, so that a redline's bytes are a function of both."""
    return datetime.datetime.combine(new.front.as_of, datetime.time(), datetime.UTC)
