"""HTML pages that ship with docgen: where their frames are found and how they are filled."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


@cache
def frame(package: str, name: str) -> Template:
    """A frame of the folder `frames` of a package; what is filled in is escaped, and a missing value is an error."""
    environment = Environment(
        loader=PackageLoader(package, "frames"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
