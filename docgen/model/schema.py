"""JSON Schemas of the workspace's files, for editors that complete and check YAML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, get_args

from docgen.model.content import Agreement, Form, Procedure, Register
from docgen.model.control import ControlRecord
from docgen.model.text import Model
from docgen.model.workspace import FILES, Content, Parameter

_FOLDER_FILES: dict[str, type[Model]] = {
    "procedure": Procedure,
    "register": Register,
    "form": Form,
    "agreement": Agreement,
    "document": ControlRecord,
}


def schemas() -> Iterator[tuple[str, str]]:
    """Name and text of every schema; nothing is required, since a client may leave it to what it extends."""
    for name in FILES:
        annotation = Content.model_fields[name].annotation
        if name == "parameters":
            yield name, _text(name, {"type": "object", "additionalProperties": _eased(Parameter.model_json_schema())})
        else:
            assert isinstance(annotation, type) and issubclass(annotation, Model), get_args(annotation)
            yield name, _text(name, _eased(annotation.model_json_schema()))
    for name, model in _FOLDER_FILES.items():
        yield name, _text(name, _eased(model.model_json_schema()))


def _text(name: str, schema: dict[str, Any]) -> str:
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name}
    return json.dumps({**schema, **head}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _eased(schema: Any) -> Any:
    """The schema as a file that overlays another may use it, in YAML that an editor reads with types."""
    if isinstance(schema, list):
        return [_eased(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    eased = {key: _eased(value) for key, value in schema.items() if key not in ("required", "default")}
    if "properties" in schema:
        eased["properties"] = {
            name: {"anyOf": [value, {"type": "null"}]} for name, value in eased["properties"].items()
        }
    if all(isinstance(value, str) and value.isdigit() for value in schema.get("enum", [""])):
        eased["enum"] = [*schema["enum"], *map(int, schema["enum"])]
        eased.pop("type", None)
    if schema.get("type") == "array":
        return {"anyOf": [eased, {"type": "object"}]}
    return eased
