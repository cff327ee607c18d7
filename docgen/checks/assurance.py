"""Rules on availability, continuity, capacity, demand and money (clauses 8.4, 8.7.1, 8.7.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from docgen.checks.indicators import direction
from docgen.checks.rule import Case, Family, Found, Rule, found, minutes
from docgen.checks.services import live
from docgen.model.assurance import AvailabilityItem, CapacityItem
from docgen.model.quantity import Quantity

_FORESIGHT = Decimal(100)
_USE = re.compile(r"资源利用率|资源使用率|[Uu]tilization")


def downtime_allows_recovery(case: Case) -> Iterator[Found]:
    """SX-05: the downtime that a target allows is at least the expected outages times the time to restore."""
    for item in case.content.availability.items:
        restore = minutes(item.restore)
        if restore is not None and item.outages and float(item.allowed) < restore * item.outages:
            values = {"item": item.id, "target": item.target, "allowed": f"{item.allowed:.1f}", "restore": item.restore}
            yield found(
                item.target.span, item.id, **values, outages=item.outages, needed=f"{restore * item.outages:.1f}"
            )


def components_reach_target(case: Case) -> Iterator[Found]:
    """SX-05-serial: the product of the availabilities of what has to work together is at least the target."""
    for item in case.content.availability.items:
        product = _product(item)
        if item.components and product < item.target.number:
            yield found(item.target.span, item.id, item=item.id, target=item.target, product=f"{product:.4f} %")


def target_as_promised(case: Case) -> Iterator[Found]:
    """SX-05-promise: the target that is planned for is not below what customers are promised."""
    promised = {str(service.id): service for service in live(case)}
    for item in case.content.availability.items:
        service = promised.get(str(item.service))
        for target in service.targets if service is not None else ():
            named = any("可用性" in side or "vailability" in side for side in (target.name.zh, target.name.en) if side)
            if named and target.value.unit == "%" and item.target.number < target.value.number:
                yield found(item.target.span, item.id, item=item.id, target=item.target, promised=target.value)


def capacity_thresholds(case: Case) -> Iterator[Found]:
    """SX-20: the use aimed at lies below the warning, and the warning below the threshold for action."""
    for item in case.content.capacity.items:
        if not item.objective.number < item.warn.number < item.act.number <= 100:
            values = {"item": item.id, "objective": item.objective, "warn": item.warn, "act": item.act}
            yield found(item.objective.span, item.id, **values)


def utilization_below_action(case: Case) -> Iterator[Found]:
    """SX-20-objective: an objective on the use of resources lies below the capacity threshold for action."""
    acts = [item.act.number for item in case.content.capacity.items if item.act.unit == "%"]
    for one in case.content.indicators.indicators if acts else ():
        of_use = _USE.search(f"{one.name.zh} {one.name.en}") is not None and one.target.unit == "%"
        if of_use and direction(one) > 0 and one.target.number >= min(acts):
            yield found(one.target.span, one.id, indicator=one.id, target=one.target, act=f"{min(acts)} %")


def capacity_units(case: Case) -> Iterator[Found]:
    """CP-01: capacity, use and forecasts of a resource are counted in one unit."""
    for item in case.content.capacity.items:
        for value in (item.used, *(forecast.value for forecast in item.forecasts)):
            if value.unit != item.capacity.unit:
                yield found(value.span, item.id, item=item.id, value=value, capacity=item.capacity)


def use_below_action(case: Case) -> Iterator[Found]:
    """CP-02: what is used today lies below the threshold for action."""
    for item in case.content.capacity.items:
        share = _share(item, item.used)
        if share is not None and share >= item.act.number:
            yield found(item.used.span, item.id, item=item.id, share=f"{share:.1f} %", act=item.act)


def forecasts_planned_for(case: Case) -> Iterator[Found]:
    """CP-03: where a forecast reaches the capacity that is there, the measure says by when more is added."""
    for item in case.content.capacity.items:
        for forecast in item.forecasts:
            share = _share(item, forecast.value)
            side = item.measure.of(case.content.client.governing)
            if share is not None and share >= _FORESIGHT and not any(character.isdigit() for character in side):
                yield found(forecast.value.span, item.id, item=item.id, period=forecast.id, share=f"{share:.1f} %")


def human_capacity(case: Case) -> Iterator[Found]:
    """CP-04: people, technology, information and money are all planned for, once capacity is."""
    there = {item.kind for item in case.content.capacity.items}
    lacking = [kind for kind in ("human", "technical", "information", "financial") if kind not in there]
    if there and lacking:
        yield found(case.file("capacity"), "capacity", kinds=", ".join(lacking))


def demand_of_live_services(case: Case) -> Iterator[Found]:
    """CP-05: demand is forecast for every live service, once it is for any."""
    forecast = {str(demand.service) for demand in case.content.capacity.demands}
    for service in live(case) if forecast else ():
        if str(service.id) not in forecast:
            yield found(service.id.span, service.id, service=service.id)


def scenarios_tested(case: Case) -> Iterator[Found]:
    """SX-18: every scenario of the continuity plan was tested within twelve months, once the plan is in use."""
    continuity = case.content.continuity
    for scenario in continuity.scenarios if continuity.tests or _continuity_in_force(case) else ():
        dates = [test.date for test in continuity.tests if test.scenario == scenario.id and test.date <= case.as_of]
        if not dates or case.older(max(dates), 12):
            yield found(scenario.id.span, scenario.id, scenario=scenario.id, date=max(dates, default="—"))


def _continuity_in_force(case: Case) -> bool:
    """Whether a document on continuity is in force."""
    listed = case.standings.listed
    held = (record for code, record in case.content.documents.items() if listed[code].state == "in_force")
    return any("8.7.2" in map(str, record.clauses) for record in held)


def tests_of_scenarios(case: Case) -> Iterator[Found]:
    """SX-18-scenario: a test names a scenario of the plan, and its next date is not past."""
    known = {str(scenario.id) for scenario in case.content.continuity.scenarios}
    for test in case.content.continuity.tests:
        if str(test.scenario) not in known:
            yield found(test.scenario.span, test.id, test=test.id, scenario=test.scenario)


def next_test_planned(case: Case) -> Iterator[Found]:
    """SX-18-next: the last test of a scenario names a next one that is still to come."""
    last = {str(test.scenario): test for test in sorted(case.content.continuity.tests, key=lambda one: one.date)}
    for test in last.values():
        if case.past(test.next):
            yield found(test.id.span, test.id, test=test.id, date=test.next)


def contacts_dialled(case: Case) -> Iterator[Found]:
    """SX-18-contacts: the numbers of the contact list were dialled within six months."""
    for contact in case.content.continuity.contacts:
        if case.older(contact.checked, 6):
            yield found(contact.id.span, contact.id, contact=contact.id, date=contact.checked)


def recovery_tolerable(case: Case) -> Iterator[Found]:
    """SX-18-rto: the recovery time aimed at is not longer than the interruption that can be borne."""
    for one in case.content.continuity.services:
        aim, limit = minutes(one.rto), minutes(one.tolerable)
        if aim is not None and limit is not None and aim > limit:
            yield found(one.rto.span, one.id, item=one.id, rto=one.rto, tolerable=one.tolerable)


def recovery_as_promised(case: Case) -> Iterator[Found]:
    """SX-18-promise: recovery aims are at least as strict as what customers are promised."""
    services = {str(service.id): service for service in case.content.services.services}
    for one in case.content.continuity.services:
        for target in services[str(one.service)].targets:
            for mark, aim in (("RTO", one.rto), ("RPO", one.rpo)):
                named = any(mark in side for side in (target.name.zh, target.name.en) if side)
                if named and _longer(aim, target.value):
                    yield found(aim.span, one.id, item=one.id, aim=f"{mark} {aim}", promised=target.value)


def services_recovered(case: Case) -> Iterator[Found]:
    """SX-18-service: every live service has recovery aims, once any has."""
    known = {str(one.service) for one in case.content.continuity.services}
    for service in live(case) if known else ():
        if str(service.id) not in known:
            yield found(service.id.span, service.id, service=service.id)


def budget_kept(case: Case) -> Iterator[Found]:
    """FN-01: a budget line that is expected to run over says so in a risk, correction or review."""
    files = ("risks", "corrections", "reviews", "improvements")
    said = "\n".join(side for pair in case.texts.pairs if pair.path[0] in files for side in pair.sides.values())
    for line in case.content.finance.lines:
        limit = line.budget.number * Decimal("1.05")
        if line.forecast.number > limit and str(line.id) not in said:
            yield found(line.forecast.span, line.id, line=line.id, forecast=line.forecast, budget=line.budget)


def budget_units(case: Case) -> Iterator[Found]:
    """FN-02: budget, cost and forecast of a line are in one currency unit."""
    for line in case.content.finance.lines:
        values = [line.forecast, line.actual] if line.actual is not None else [line.forecast]
        for value in values:
            if value.unit != line.budget.unit:
                yield found(value.span, line.id, line=line.id, value=value, budget=line.budget)


def budget_of_services(case: Case) -> Iterator[Found]:
    """FN-03: every live service has a line of the budget, once there is one."""
    known = {str(service) for line in case.content.finance.lines for service in line.services}
    for service in live(case) if known else ():
        if str(service.id) not in known:
            yield found(service.id.span, service.id, service=service.id)


def _product(item: AvailabilityItem) -> Decimal:
    product = Decimal(100)
    for component in item.components:
        product = product * component.availability.number / 100
    return product


def _share(item: CapacityItem, used: Quantity) -> Decimal | None:
    same = used.unit == item.capacity.unit and item.capacity.number
    return used.number / item.capacity.number * 100 if same else None


def _longer(aim: Quantity, promised: Quantity) -> bool:
    ours, theirs = minutes(aim), minutes(promised)
    return ours is not None and theirs is not None and ours > theirs


FAMILY = Family(
    "assurance",
    "data",
    (
        Rule("SX-05", "error", "8.7.1", downtime_allows_recovery),
        Rule("SX-05-promise", "error", "8.7.1", target_as_promised),
        Rule("SX-05-serial", "error", "8.7.1", components_reach_target),
        Rule("SX-18", "warning", "8.7.2", scenarios_tested),
        Rule("SX-18-contacts", "warning", "8.7.2", contacts_dialled),
        Rule("SX-18-next", "warning", "8.7.2", next_test_planned),
        Rule("SX-18-promise", "error", "8.7.2", recovery_as_promised),
        Rule("SX-18-rto", "error", "8.7.2", recovery_tolerable),
        Rule("SX-18-scenario", "error", "8.7.2", tests_of_scenarios),
        Rule("SX-18-service", "warning", "8.7.2", services_recovered),
        Rule("SX-20", "error", "8.4.3", capacity_thresholds),
        Rule("SX-20-objective", "error", "8.4.3", utilization_below_action),
        Rule("CP-01", "error", "8.4.3", capacity_units),
        Rule("CP-02", "warning", "8.4.3", use_below_action),
        Rule("CP-03", "warning", "8.4.3", forecasts_planned_for),
        Rule("CP-04", "warning", "8.4.3", human_capacity),
        Rule("CP-05", "warning", "8.4.2", demand_of_live_services),
        Rule("FN-01", "warning", "8.4.1", budget_kept),
        Rule("FN-02", "error", "8.4.1", budget_units),
        Rule("FN-03", "warning", "8.4.1", budget_of_services),
    ),
)
"""Rules on capacity, availability, continuity and money."""
