"""Who there is and who may sign: two files of a client, read without the rest of its content."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from docgen import source
from docgen.diagnostics import Span
from docgen.model.control import Control
from docgen.model.folders import shown
from docgen.model.organization import Client
from docgen.model.text import Model
from docgen.source import Map, Value


class Staff(Model):
    """People, roles, delegations and the rules of document control."""

    client: Client
    control: Control


def read_staff(folders: list[Path]) -> Staff:
    """The staff of a client in its folders; raises DocgenError with every mistake of these files."""
    tree: Value = None
    for folder in reversed(folders):
        layer = Map(Span(shown(folder)))
        for name in Staff.model_fields:
            path = folder / f"{name}.yaml"
            if path.exists():
                layer[name], layer.keys_at[name] = source.read(path, shown(path)), Span(shown(path))
        tree = layer if tree is None else source.overlay(tree, layer)
    assert isinstance(tree, Map)
    try:
        return Staff.model_validate(tree, context={"languages": ()})
    except ValidationError as error:
        from docgen.model.workspace import mistakes_of  # Here, because it loads the models of everything.

        raise mistakes_of(tree, error) from error
