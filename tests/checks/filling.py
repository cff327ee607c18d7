"""Small workspaces from little YAML: what a model asks for and the YAML does not say is filled in."""

from __future__ import annotations

import datetime
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from docgen import source
from docgen.checks.rule import Case
from docgen.compose.composer import Composer
from docgen.diagnostics import Span
from docgen.model.control import Version
from docgen.model.newborn import newborns
from docgen.model.quantity import Quantity
from docgen.model.standing import ChangeRow, Signed, Standing, Standings
from docgen.model.text import ClockTime, Id, Reference, Text, Word
from docgen.model.workspace import Content, Workspace
from docgen.source import Map, Scalar, Seq
from tests.conftest import AS_OF, ROOT

SOUND = (Path(__file__).parent / "sound.yaml").read_text("utf-8")
FOLDER = ROOT / "content" / "starter"
_REFERENCES = {
    "role": "OPS",
    "person": "bob",
    "unit": "ops",
    "site": "HQ",
    "customer": "C-1",
    "service": "S-1",
    "supplier": "SUP-1",
    "objective": "O-S",
    "indicator": "K-1",
    "principle": "P-1",
    "document": "SMS-PR-20",
    "process": "p",
    "channel": "CH-1",
    "item": "CI-1",
    "change": "CHG-1",
    "problem": "PRB-1",
    "clause": "8.1",
}
"""What a reference names where nothing is said."""


def case(patch: Map | None = None, codes: tuple[str, ...] = ()) -> Case:
    """The sound workspace with a patch laid on it, as rules look at it."""
    tree = source.parse(SOUND, "content/small/sound.yaml")
    assert tree is not None
    whole = source.overlay(tree, patch) if patch is not None else tree
    assert isinstance(whole, Map)
    states = whole.pop("standings", {})
    for code, record in whole["documents"].items():
        record["code"], record.keys_at["code"] = Scalar(code, record.span), record.span
        signers = record.setdefault("signers", Map(record.span))
        for name, role in (("prepared", "DESK"), ("reviewed", "OPS"), ("approved", "TM")):
            signers.setdefault(name, Scalar(role, record.span))
    _fill(whole, Content)
    content = Content.model_validate(whole, context={"languages": ("zh", "en")})
    workspace = Workspace("small", (FOLDER,), content, whole)
    return Case(Composer(workspace, AS_OF, _standings(content, states)), codes)


def _standings(content: Content, states: Mapping[str, Any]) -> Standings:
    born = newborns(content).listed
    listed = {code: _standing(states[code]) if code in states else one for code, one in born.items()}
    return Standings(listed, listed)


def _standing(state: Mapping[str, Any]) -> Standing:
    days = {name: datetime.date.fromisoformat(state[name]) for name in ("issued", "effective", "next_review")}
    signed = tuple(
        Signed("prepared", person, {}, "OPS", {}, at, "account") for person, at in state.get("signed", {}).items()
    )
    rows = tuple(ChangeRow(version, day, {}, {}, {}, "minor", ()) for version, day in state.get("issues", {}).items())
    return Standing("A/0", state=state["state"], signed=signed, changes=rows, **days)


def _fill(value: Any, wanted: Any) -> Any:
    """A value with everything that a type asks for."""
    wanted = _plain(wanted)
    if isinstance(wanted, type) and issubclass(wanted, BaseModel) and isinstance(value, Map):
        for name, field in wanted.model_fields.items():
            if value.get(name) is not None:
                value[name] = _fill(value[name], field.annotation)
            elif field.is_required():
                value[name] = _made(field.annotation, value.span)
                value.keys_at[name] = value.span
    elif get_origin(wanted) is tuple and isinstance(value, Seq):
        value[:] = [_fill(item, get_args(wanted)[0]) for item in value]
    elif get_origin(wanted) is dict and isinstance(value, Map):
        for name, item in value.items():
            value[name] = _fill(item, get_args(wanted)[1])
    return value


def _plain(wanted: Any) -> Any:
    """A type without what is said about it, and without None."""
    if get_origin(wanted) is Annotated:
        return _plain(get_args(wanted)[0])
    if get_origin(wanted) in (Union, types.UnionType):
        return _plain(next(one for one in get_args(wanted) if one is not types.NoneType))
    return wanted


def _made(wanted: Any, span: Span) -> Any:
    """A value of a type."""
    wanted = _plain(wanted)
    if get_origin(wanted) is Literal:
        return Scalar(get_args(wanted)[0], span)
    if get_origin(wanted) is tuple:
        return Seq(span)
    if get_origin(wanted) is dict:
        return Map(span)
    if wanted is Text:
        made = Map(span)
        made |= {"zh": Scalar("文字说明", span), "en": Scalar("Words", span)}
        return made
    if issubclass(wanted, BaseModel):
        return _fill(Map(span), wanted)
    if issubclass(wanted, Reference):
        return Scalar(_REFERENCES[wanted.kind], span)
    return Scalar(_SCALARS[wanted], span)


_SCALARS: dict[Any, str] = {
    Id: "x",
    Word: "x",
    Version: "A/0",
    Quantity: "12 months",
    ClockTime: "2026-10-01 22:00",
    datetime.date: "2026-10-01",
    str: "x",
    int: "1",
    float: "1",
    bool: "true",
}
