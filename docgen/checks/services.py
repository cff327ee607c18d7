"""Rules on services: scope, catalogue, portfolio, requirements, agreements and other parties (4.3, 8.2, 8.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from docgen.checks.rule import Case, Family, Found, Rule, found
from docgen.model.services import Service, Supplier
from docgen.model.text import Text

_SERVICE = re.compile(r"\{service:([A-Za-z0-9._-]+)")
_NOTHING = re.compile(r"\s*(?:无|没有|不适用|none|n/a|not applicable)\s*[。.]?\s*", re.IGNORECASE)
_PERCENT = re.compile(r"(\d{2,3}(?:\.\d+)?)\s*%")
_AVAILABLE = re.compile(r"可用性|availability", re.IGNORECASE)
_STAGES = ("proposed", "designing", "transitioning", "operating", "retiring", "retired")


def live(case: Case) -> list[Service]:
    """The services that customers get today."""
    return [service for service in case.content.services.services if service.status == "live"]


def scope_names_services(case: Case) -> Iterator[Found]:
    """SX-01: the scope names every live service, and no other."""
    texts = [pair for pair in case.texts.pairs if pair.path[0] == "scope"]
    for language in case.content.client.languages:
        said = "\n".join(str(pair.sides.get(language, "")) for pair in texts)
        for service in live(case):
            if f"{{service:{service.id}" not in said and service.name.of(language) not in said:
                span = case.file("scope")
                yield found(span, service.id, service=service.id, language=language)
    known = {str(service.id): service.status for service in case.content.services.services}
    for hit in case.texts.pairs:
        if hit.path[0] == "scope" and hit.path[-1] == "included":
            for name in set(_SERVICE.findall(" ".join(hit.sides.values()))):
                if known.get(name) == "planned":
                    side = next(iter(hit.sides.values()))
                    yield found(side.span, name, service=name, language="zh, en")


def portfolio_holds_catalogue(case: Case) -> Iterator[Found]:
    """SX-01-portfolio: the live services are those that the portfolio has in operation."""
    entries = case.content.portfolio.entries
    operating = {str(entry.service) for entry in entries if entry.stage in ("operating", "retiring") and entry.service}
    for service in live(case) if entries else ():
        if str(service.id) not in operating:
            yield found(service.id.span, service.id, service=service.id)
    catalogue = {str(service.id) for service in case.content.services.services if service.status != "planned"}
    for entry in entries:
        if entry.stage == "operating" and (entry.service is None or str(entry.service) not in catalogue):
            yield found(entry.id.span, entry.id, service=entry.id)


def services_have_targets(case: Case) -> Iterator[Found]:
    """SX-02: every live service promises something."""
    for service in live(case):
        if not service.targets:
            yield found(service.id.span, service.id, service=service.id)


def services_have_customers(case: Case) -> Iterator[Found]:
    """SX-02-customer: every live service has a customer, and every customer a service."""
    used = {str(customer) for service in live(case) for customer in service.customers}
    for service in live(case):
        if not service.customers:
            yield found(service.id.span, service.id, thing=service.id)
    for customer in case.content.client.customers:
        if str(customer.id) not in used:
            yield found(customer.id.span, customer.id, thing=customer.id)


def services_meet_requirements(case: Case) -> Iterator[Found]:
    """SX-02-requirements: every live service rests on recorded requirements, once there are any."""
    required = {str(one.service) for one in case.content.requirements.requirements}
    for service in live(case) if required else ():
        if str(service.id) not in required:
            yield found(service.id.span, service.id, service=service.id)


def agreements_complete(case: Case) -> Iterator[Found]:
    """SX-03: workload limits and exceptions of a service say something."""
    for service in live(case):
        blank = [name for name in ("workload", "exceptions") if _says_nothing(getattr(service, name), case)]
        if blank:
            yield found(service.id.span, service.id, service=service.id, fields=", ".join(blank))


def suppliers_strict_enough(case: Case) -> Iterator[Found]:
    """SX-04: a party promises at least the availability that customers are promised, or a risk holds the gap."""
    for service in live(case):
        promised = _availability(service)
        if promised is None:
            continue
        for dependency in service.dependencies:
            side = dependency.target.of(case.content.client.governing)
            given = [Decimal(value) for value in _PERCENT.findall(side.split("。")[0].split(". ")[0])]
            if dependency.supplier is None or not _AVAILABLE.search(side) or not given:
                continue
            if max(given) < promised and not _risk_holds(case, service, str(dependency.supplier)):
                values = {"service": service.id, "dependency": dependency.id, "given": f"{max(given)} %"}
                yield found(dependency.id.span, service.id, **values, promised=f"{promised} %")


def dependencies_live(case: Case) -> Iterator[Found]:
    """SV-01: a live service depends on live services, not on itself, and names one side of each dependency."""
    services = {str(service.id): service.status for service in case.content.services.services}
    for service in live(case):
        for one in service.dependencies:
            bad = one.service is not None and (
                str(one.service) == str(service.id) or services[str(one.service)] == "planned"
            )
            if bad or (one.supplier is None) == (one.service is None):
                yield found(one.id.span, service.id, service=service.id, dependency=one.id)


def suppliers_of_services(case: Case) -> Iterator[Found]:
    """SV-02: a party that a service depends on lists that service, and the other way round."""
    parties = {str(party.id): party for party in case.content.suppliers.suppliers}
    for service in live(case):
        for one in service.dependencies:
            if one.supplier is not None and str(service.id) not in map(str, parties[str(one.supplier)].services):
                yield found(one.supplier.span, service.id, service=service.id, party=one.supplier)


def gates_in_order(case: Case) -> Iterator[Found]:
    """SV-03: a service passed the gates of its stages in order, each on its date."""
    for entry in case.content.portfolio.entries:
        stages = [_STAGES.index(gate.id) for gate in entry.gates]
        dates = [gate.date for gate in entry.gates]
        late = any(day > case.as_of for day in dates)
        if stages != sorted(set(stages)) or dates != sorted(dates) or late or _ahead(entry.stage, stages):
            yield found(entry.id.span, entry.id, entry=entry.id, stage=entry.stage)


def _ahead(stage: str, passed: list[int]) -> bool:
    """Whether a service in operation or later has not passed the gate of its stage, or passed a later one."""
    now = _STAGES.index(stage)
    return (now >= _STAGES.index("operating") and now not in passed) or any(one > now for one in passed)


def ranking_adds_up(case: Case) -> Iterator[Found]:
    """SV-04: the weights by which proposals are ranked add up to 100."""
    criteria = case.content.portfolio.criteria
    total = sum(criterion.weight for criterion in criteria)
    if criteria and total != 100:
        yield found(criteria[0].id.span, "portfolio", total=total)


def proposals_ranked(case: Case) -> Iterator[Found]:
    """SV-05: a proposal that was decided has points for every criterion and no other."""
    known = {str(criterion.id) for criterion in case.content.portfolio.criteria}
    for proposal in case.content.portfolio.proposals:
        different = known ^ set(proposal.scores)
        if different and proposal.decision != "open":
            yield found(proposal.id.span, proposal.id, proposal=proposal.id, criteria=", ".join(sorted(different)))


def requirements_confirmed(case: Case) -> Iterator[Found]:
    """SV-06: a requirement was confirmed by who asked for it."""
    for one in case.content.requirements.requirements:
        if one.confirmed is None or one.confirmed > case.as_of:
            yield found(one.id.span, one.id, requirement=one.id)


def requirements_have_askers(case: Case) -> Iterator[Found]:
    """SV-07: a customer's requirement names the customers, and they have the service."""
    services = {str(service.id): service for service in case.content.services.services}
    for one in case.content.requirements.requirements:
        having = {str(customer) for customer in services[str(one.service)].customers}
        if one.basis == "customer" and (not one.customers or not {str(c) for c in one.customers} <= having):
            yield found(one.id.span, one.id, requirement=one.id, service=one.service)


def parties_controlled(case: Case) -> Iterator[Found]:
    """SX-13: every party provides services or processes and has a contact, once contacts are kept."""
    parties = case.content.suppliers.suppliers
    kept = any(party.contact is not None for party in parties)
    for party in parties:
        lacking = [] if party.services or party.processes else ["services", "processes"]
        lacking += ["contact"] if kept and party.contact is None else []
        if lacking:
            yield found(party.id.span, party.id, party=party.id, fields=", ".join(lacking))


def parties_evaluated(case: Case) -> Iterator[Found]:
    """SX-13-evaluation: a party was evaluated within its interval, and the next evaluation is not past."""
    for party in case.content.suppliers.suppliers:
        last = party.last_evaluated
        if (last is not None and case.older(last, party.evaluation)) or case.past(party.next_evaluation):
            yield found(party.id.span, party.id, party=party.id, date=last or "—", interval=party.evaluation)


def agreements_valid(case: Case) -> Iterator[Found]:
    """SX-13-agreement: the agreement with a party has not run out."""
    for party in case.content.suppliers.suppliers:
        if case.past(party.valid_until):
            yield found(party.agreement.of(case.content.client.governing).span, party.id, **_run_out(party))


def _run_out(party: Supplier) -> dict[str, object]:
    return {"party": party.id, "date": party.valid_until}


def not_everything_outside(case: Case) -> Iterator[Found]:
    """SX-13-all: not every service is provided or operated by others."""
    parties = [party for party in case.content.suppliers.suppliers if party.kind == "external"]
    services = [str(service.id) for service in live(case)]
    whole = [party for party in parties if not party.controls.of(case.content.client.governing).strip()]
    if services and whole and {str(one) for party in whole for one in party.services} >= set(services):
        yield found(whole[0].id.span, whole[0].id, party=whole[0].id)


def weak_parties_answered(case: Case) -> Iterator[Found]:
    """SX-13-score: a party whose last score is inadequate has a corrective action or a risk."""
    for party in case.content.suppliers.suppliers:
        if party.score is not None and party.score < 70:
            mark = f"{{supplier:{party.id}"
            files = ("corrections", "risks", "improvements")
            said = (side for pair in case.texts.pairs if pair.path[0] in files for side in pair.sides.values())
            if not any(mark in side for side in said):
                yield found(party.id.span, party.id, party=party.id, score=party.score)


def _availability(service: Service) -> Decimal | None:
    """The availability that a service promises, in per cent."""
    values = [
        target.value.number
        for target in service.targets
        if target.value.unit == "%"
        and any(_AVAILABLE.search(side) for side in (target.name.zh, target.name.en) if side)
    ]
    return max(values, default=None)


def _risk_holds(case: Case, service: Service, party: str) -> bool:
    """Whether a risk from other parties holds the service and names the party."""
    mark = f"{{supplier:{party}"
    for risk in case.content.risks.risks:
        texts = (risk.title, risk.cause, risk.effect)
        said = " ".join(str(side) for text in texts for side in (text.zh, text.en) if side is not None)
        if risk.source == "parties" and (str(service.id) in map(str, risk.services) or mark in said):
            return True
    return False


def _says_nothing(text: Text, case: Case) -> bool:
    return any(
        _NOTHING.fullmatch(text.of(language)) or not text.of(language) for language in case.content.client.languages
    )


FAMILY = Family(
    "services",
    "data",
    (
        Rule("SX-01", "error", "4.3", scope_names_services),
        Rule("SX-01-portfolio", "warning", "8.2.2", portfolio_holds_catalogue),
        Rule("SX-02", "error", "8.3.3", services_have_targets),
        Rule("SX-02-customer", "warning", "8.3.3", services_have_customers),
        Rule("SX-02-requirements", "warning", "8.2.2", services_meet_requirements),
        Rule("SX-03", "error", "8.3.3", agreements_complete),
        Rule("SX-04", "warning", "8.3.4.1", suppliers_strict_enough),
        Rule("SX-13", "warning", "8.2.3.1", parties_controlled),
        Rule("SX-13-agreement", "error", "8.3.4.1", agreements_valid),
        Rule("SX-13-all", "error", "8.2.3.1", not_everything_outside),
        Rule("SX-13-evaluation", "warning", "8.2.3.2", parties_evaluated),
        Rule("SX-13-score", "warning", "8.3.4.1", weak_parties_answered),
        Rule("SV-01", "error", "8.2.4", dependencies_live),
        Rule("SV-02", "warning", "8.2.3.1", suppliers_of_services),
        Rule("SV-03", "error", "8.5.2", gates_in_order),
        Rule("SV-04", "error", "8.2.2", ranking_adds_up),
        Rule("SV-05", "warning", "8.2.2", proposals_ranked),
        Rule("SV-06", "warning", "8.2.2", requirements_confirmed),
        Rule("SV-07", "warning", "8.2.2", requirements_have_askers),
    ),
)
"""Rules on services and parties."""
