"""A Word file's properties: title, subject, dates, and the control data as custom properties."""

from __future__ import annotations

from xml.sax.saxutils import escape

from docgen.compose.composition import Composition
from docgen.publish.word.markup import attribute

CORE = "docProps/core.xml"
APPLICATION = "docProps/app.xml"
CUSTOM = "docProps/custom.xml"

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_VARIANT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"


def property_parts(composition: Composition, page_count: int) -> dict[str, bytes]:
    """The three property parts of a document by name."""
    return {
        CORE: _core(composition).encode("utf-8"),
        APPLICATION: _application(composition, page_count).encode("utf-8"),
        CUSTOM: _custom(composition).encode("utf-8"),
    }


def _core(composition: Composition) -> str:
    front = composition.front
    moment = f"{front.as_of.isoformat()}T00:00:00Z"
    values = (
        ("dc:title", front.title),
        ("dc:subject", front.code),
        ("dc:creator", front.organization),
        ("cp:keywords", front.keywords),
        ("cp:lastModifiedBy", front.organization),
        ("cp:category", front.kind),
        ("cp:contentStatus", front.status),
        ("dc:language", composition.locale),
        ("cp:version", front.version),
    )
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        + "".join(f"<{name}>{escape(value)}</{name}>" for name, value in values)
        + f"{dates}</cp:coreProperties>"
    )


def _application(composition: Composition, page_count: int) -> str:
    return (
        f'{_XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Pages>{page_count}</Pages><Application>docgen</Application>"
        f"<Company>{escape(composition.front.organization)}</Company></Properties>"
    )


def _custom(composition: Composition) -> str:
    front = composition.front
    optional = (("Copy", front.copy), ("Fingerprint", front.fingerprint), ("Content digest", front.digest))
    values = (
        ("Code", front.code),
        ("Version", front.version),
        ("Level", front.level),
        ("Status", front.status),
        ("Classification", front.classification),
        ("Owner", front.owner),
        ("Issue date", front.issue_date),
        ("Effective date", front.effective_date),
        ("Review date", front.review_date),
        ("Standard", front.standard),
        ("Clauses", front.clauses),
        *((name, value) for name, value in optional if value),
    )
    rows = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number}" name={attribute(name)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(values, start=2)
    )
    head = '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    return f'{_XML}{head} xmlns:vt="{_VARIANT}">{rows}</Properties>'
