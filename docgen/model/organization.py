"""Who the client is: names, units, people, roles, sites, customers, languages and brand (`client.yaml`)."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from docgen.diagnostics import Language
from docgen.model.text import (
    Day,
    Id,
    Model,
    Name,
    PersonRef,
    RoleRef,
    SiteRef,
    Text,
    UnitRef,
    Word,
)

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]


class Unit(Model):
    """A department or team."""

    id: Id
    name: Name
    duties: Text
    """What the unit does in the service management system."""
    head: PersonRef
    headcount: int = Field(ge=0)
    parent: UnitRef | None = None
    """The unit above, if any."""


class Person(Model):
    """Somebody who holds a role or signs."""

    id: Id
    name: Name
    post: Name
    """Job title."""
    unit: UnitRef
    since: Day | None = None
    until: Day | None = None


class Tenure(Model):
    """The time a person held a role."""

    person: PersonRef
    first: Day
    last: Day


class Role(Model):
    """A role of the service management system and who holds it."""

    id: Id
    name: Name
    duties: Text
    """Duties and authority, as a Markdown list or sentences."""
    holder: PersonRef
    since: Day | None = None
    """First day of the holder in the role; none: as long as the person has been there."""
    former: tuple[Tenure, ...] = ()
    """Who held the role before."""
    deputy: PersonRef | None = None

    def held_by(self, day: datetime.date) -> str:
        """Id of the person who held the role on a day; '' for nobody."""
        if self.since is None or self.since <= day:
            return str(self.holder)
        return next((str(tenure.person) for tenure in self.former if tenure.first <= day <= tenure.last), "")


class Site(Model):
    """A place where services are managed or run."""

    id: Id
    name: Name
    address: Name
    use: Text


class Customer(Model):
    """An outside customer."""

    id: Id
    name: Name
    sector: Name
    contact: RoleRef
    """The role in the organization that keeps the relationship."""
    since: Day | None = None


class Fonts(Model):
    """Font names for Word and HTML, and families for PDF."""

    latin: str = "Arial"
    east_asian: str = "Microsoft YaHei"
    pdf: tuple[str, ...] = ("Noto Sans SC",)
    """Families for the PDF, first found wins; others than the shipped one come from `folder`."""
    folder: str | None = None
    """A folder of the client's own font files, from `client.yaml`."""


class Brand(Model):
    """Logo, two colours, fonts and header line of every document."""

    logo: Word
    """Path of an SVG or PNG file, from `client.yaml`."""
    primary: Colour
    """Headings, table heads and rules."""
    secondary: Colour
    """Accents."""
    fonts: Fonts = Fonts()
    header: Name
    """Line in the header of every page."""


Layout = Literal["blocks", "columns"]


class BilingualVariant(Model):
    """The variant with both languages in one document."""

    layout: Layout = "blocks"
    """`blocks`: one language after the other, block by block; `columns`: side by side."""


class TraditionalVariant(Model):
    """The variant in traditional characters."""

    region: Literal["TW", "HK"] = "TW"
    """Whose forms and words are used."""
    font: str = "Microsoft JhengHei"
    """Font for Word and HTML."""
    pdf: tuple[str, ...] = ("Noto Sans TC",)
    """Families for the PDF."""
    terms: dict[str, str] = {}
    """The client's own words, simplified to traditional; they win over the shipped ones."""


class Client(Model):
    """One organization whose system is kept here."""

    extends: Word | None = None
    """The workspace this one is laid on, a folder beside this one; `base` is shipped."""
    name: Name
    """Full legal name."""
    short: Name
    """Short name used in running text."""
    profile: Text
    """Who the organization is: business, size, history, places."""
    languages: tuple[Language, ...] = ("zh", "en")
    governing: Language = "zh"
    """The language whose text counts where the texts differ."""
    bilingual: BilingualVariant = BilingualVariant()
    traditional: TraditionalVariant = TraditionalVariant()
    issue_order: Text | None = None
    """Words of top management that put the manual into force."""
    brand: Brand
    top_management: RoleRef
    units: tuple[Unit, ...]
    people: tuple[Person, ...]
    roles: tuple[Role, ...]
    sites: tuple[Site, ...]
    customers: tuple[Customer, ...]
    head_office: SiteRef
    data_centre: SiteRef | None = None
