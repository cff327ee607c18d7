"""The small types that fields are made of: pairs of texts, names, dates and references to other things."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetJsonSchemaHandler, ValidationInfo, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from docgen.diagnostics import Language, Span
from docgen.source import Scalar

_CJK = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")


class Model(BaseModel):
    """A validated, frozen piece of the workspace; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, defer_build=True)


class Typed(Scalar):
    """A scalar that keeps its place through validation."""

    __slots__ = ()
    pattern: ClassVar[re.Pattern[str] | None] = None
    description: ClassVar[str] = ""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.validate)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        found: JsonSchemaValue = {"type": ["string", "number"]}
        if cls.pattern is not None:
            found["pattern"] = cls.pattern.pattern
        if cls.description:
            found["description"] = cls.description
        return found

    @classmethod
    def validate(cls, value: Any) -> Self:
        """The value as this type; a plain string, as in tests, gets no place."""
        if not isinstance(value, str):
            raise PydanticCustomError("string_type", "not a text")
        if cls.pattern is not None and not cls.pattern.fullmatch(value):
            raise PydanticCustomError("string_pattern_mismatch", "bad form", {"pattern": cls.pattern.pattern})
        return cls(str(value), value.span if isinstance(value, Scalar) else Span("?"))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.span)


class Markdown(Typed):
    """One language's side of a text; may hold Markdown and references like `{doc:SMS-PR-20}`."""

    __slots__ = ()


class Word(Typed):
    """A short literal text, printed as typed in every language: an id, a code, a product name."""

    __slots__ = ()


class Id(Typed):
    """What other places name this thing by."""

    __slots__ = ()
    pattern = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
    description = "letters, digits, dot, underscore and hyphen"


class Reference(Typed):
    """The id of another thing of the workspace; it must exist."""

    __slots__ = ()
    kind: ClassVar[str]


class RoleRef(Reference):
    """A role of `client.yaml`."""

    __slots__ = ()
    kind = "role"


class PersonRef(Reference):
    """A person of `client.yaml`."""

    __slots__ = ()
    kind = "person"


class UnitRef(Reference):
    """An organizational unit of `client.yaml`."""

    __slots__ = ()
    kind = "unit"


class SiteRef(Reference):
    """A site of `client.yaml`."""

    __slots__ = ()
    kind = "site"


class CustomerRef(Reference):
    """A customer of `client.yaml`."""

    __slots__ = ()
    kind = "customer"


class ServiceRef(Reference):
    """A service of `services.yaml`."""

    __slots__ = ()
    kind = "service"


class SupplierRef(Reference):
    """Another party of `suppliers.yaml`."""

    __slots__ = ()
    kind = "supplier"


class ObjectiveRef(Reference):
    """An objective of `objectives.yaml`."""

    __slots__ = ()
    kind = "objective"


class IndicatorRef(Reference):
    """An indicator of `objectives.yaml`."""

    __slots__ = ()
    kind = "indicator"


class PrincipleRef(Reference):
    """A principle of `policy.yaml`."""

    __slots__ = ()
    kind = "principle"


class DocumentRef(Reference):
    """The code of a controlled document."""

    __slots__ = ()
    kind = "document"


class ProcessRef(Reference):
    """A process of `processes.yaml`."""

    __slots__ = ()
    kind = "process"


class ChannelRef(Reference):
    """A channel of `communication.yaml`."""

    __slots__ = ()
    kind = "channel"


class ConfigurationItemRef(Reference):
    """A configuration item of `configuration.yaml`."""

    __slots__ = ()
    kind = "item"


class ChangeRef(Reference):
    """A change of `changes.yaml`."""

    __slots__ = ()
    kind = "change"


class ProblemRef(Reference):
    """A problem of `problems.yaml`."""

    __slots__ = ()
    kind = "problem"


class ClauseRef(Reference):
    """A clause number of the standard, such as 8.6.1."""

    __slots__ = ()
    kind = "clause"


class Text(Model):
    """One text in the languages of the client."""

    zh: Markdown | None = None
    """Chinese text (Markdown)."""
    en: Markdown | None = None
    """English text (Markdown)."""

    @model_validator(mode="after")
    def _complete(self, info: ValidationInfo) -> Self:
        languages: tuple[Language, ...] = (info.context or {}).get("languages", ())
        missing = [language for language in languages if not getattr(self, language)]
        if missing:
            raise PydanticCustomError("missing_language", "missing", {"language": ", ".join(missing)})
        return self

    def of(self, language: Language) -> Markdown:
        """The side of one language; the workspace has seen to it that it is there."""
        found = self.zh if language == "zh" else self.en
        assert found is not None
        return found


def _same_in_all_languages(value: Any) -> Any:
    if isinstance(value, Scalar) and not _CJK.search(value):
        return {"zh": value, "en": value}
    return value


Name = Annotated[Text, BeforeValidator(_same_in_all_languages, json_schema_input_type=Text | str)]
"""A text, or one scalar without Chinese characters that is the same in every language."""


def _as_day(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise PydanticCustomError("bad_date", "bad date")
        try:
            return datetime.date.fromisoformat(value)
        except ValueError as error:
            raise PydanticCustomError("bad_date", "bad date") from error
    return value


Day = Annotated[datetime.date, BeforeValidator(_as_day, json_schema_input_type=datetime.date)]
"""A date, `2026-12-01`."""


class ClockTime(Typed):
    """A day and time of day, `2026-10-21 22:00`."""

    __slots__ = ()
    pattern = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) (?:[01]\d|2[0-3]):[0-5]\d")
    description = "2026-10-21 22:00"
