"""The client's brand read from its files: the logo's bytes, the folder of its own fonts."""

from __future__ import annotations

from pathlib import Path

from docgen.compose.composition import Brand
from docgen.compose.printing import Printer
from docgen.diagnostics import Span, fail
from docgen.model.workspace import Workspace
from docgen.source import locate

MAX_LOGO = 2 * 1024 * 1024


def read_brand(workspace: Workspace, printer: Printer) -> Brand:
    """The brand in a language; raises DocgenError where the logo or font folder is missing or lies outside."""
    brand = workspace.content.client.brand
    logo = _inside(workspace, str(brand.logo), brand.logo.span)
    if not logo.is_file():
        raise fail("logo-missing", brand.logo.span, path=str(brand.logo))
    data = logo.read_bytes()
    kind = "png" if data.startswith(b"\x89PNG\r\n\x1a\n") else "svg" if b"<svg" in data[:4096] else ""
    if not kind or len(data) > MAX_LOGO:
        raise fail("logo-kind", brand.logo.span, path=str(brand.logo), limit=str(MAX_LOGO // 1024 // 1024))
    return Brand(
        logo=data,
        logo_type="png" if kind == "png" else "svg",
        primary=brand.primary,
        secondary=brand.secondary,
        fonts={"latin": brand.fonts.latin, "east_asian": brand.fonts.east_asian},
        pdf_fonts=brand.fonts.pdf,
        font_folder=font_folder(workspace),
        header=printer.text(brand.header),
    )


def font_folder(workspace: Workspace) -> Path | None:
    """The folder of the client's own fonts; None for no own ones."""
    named = workspace.content.client.brand.fonts.folder
    if named is None:
        return None
    at = locate(workspace.tree, ["client", "brand", "fonts", "folder"])
    folder = _inside(workspace, named, at)
    if not folder.is_dir():
        raise fail("folder-missing", at, path=named)
    return folder


def _inside(workspace: Workspace, path: str, span: Span) -> Path:
    """A path in the first folder of the workspace that has it; never one outside."""
    for folder in workspace.folders:
        found = (folder / path).resolve()
        if not found.is_relative_to(folder.resolve()):
            raise fail("path-outside", span, path=path)
        if found.exists():
            return found
    return workspace.folders[0] / path
