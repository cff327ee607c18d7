"""Rules on indicators and reports: measurable, thresholds in order, warnings given, trends shown (clauses 9.1, 9.4)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal

from docgen.checks.rule import Case, Family, Found, Rule, found
from docgen.model.days import later, months_later
from docgen.model.measurement import Indicator, Result

_LEVELS = ("attention", "warning", "critical")
_GROUPS = ("satisfaction", "process", "innovation")
_TREND = 3
"""Fewest periods that show a trend."""


def direction(indicator: Indicator) -> int:
    """1 where more is better, -1 where less is, 0 where the target does not say; all and nothing need no sign."""
    target = indicator.target
    sign = target.strip()[0]
    if sign in ">≥" or (target.unit == "%" and target.number == 100):
        return 1
    return -1 if sign in "<≤" or target.number == 0 else 0


def met(indicator: Indicator) -> bool | None:
    """Whether the latest value reaches the target; None where there is none, or the target has no direction."""
    value = indicator.actual
    if value is None or value.unit != indicator.target.unit or not direction(indicator):
        return None
    return not _missed(indicator, value.number)


def targets_have_a_direction(case: Case) -> Iterator[Found]:
    """SX-06: a target says at least or at most; only all and nothing need no sign."""
    for one in _indicators(case):
        if not direction(one):
            yield found(one.target.span, one.id, indicator=one.id, target=one.target)


def one_unit(case: Case) -> Iterator[Found]:
    """SX-06-unit: baseline, target, values and thresholds of an indicator have one unit."""
    for one in _indicators(case):
        limits = one.thresholds
        values = [one.baseline, one.actual, *(result.value for result in one.results)]
        values += [limits.attention, limits.warning, limits.critical] if limits is not None else []
        for value in values:
            if value is not None and value.unit != one.target.unit:
                yield found(value.span, one.id, indicator=one.id, value=value, target=one.target)


def formula_says_how(case: Case) -> Iterator[Found]:
    """SX-06-formula: the formula of a share or an average says what is divided by what, or from when to when."""
    for one in _indicators(case):
        side = one.formula.of(case.content.client.governing)
        if one.target.unit == "%" and not _SHARE.search(side):
            yield found(side.span, one.id, indicator=one.id)


_SHARE = re.compile(r"÷|/|占|比|平均|加权|mean|average|divided|share|ratio|per cent|percentage|百分")


def weights_add_up(case: Case) -> Iterator[Found]:
    """IN-01: the weights of the service quality index add up to 100."""
    weighted = [one for one in _indicators(case) if one.weight is not None]
    total = sum(one.weight or 0 for one in weighted)
    if weighted and total != 100:
        yield found(weighted[0].id.span, "indicators", total=total)


def groups_complete(case: Case) -> Iterator[Found]:
    """IN-02: the service quality indicators cover satisfaction, process and innovation."""
    there = {one.group for one in _indicators(case) if one.group is not None}
    lacking = [group for group in _GROUPS if group not in there]
    if there and lacking:
        yield found(case.file("indicators"), "indicators", groups=", ".join(lacking))


def results_in_order(case: Case) -> Iterator[Found]:
    """IN-03: measured values stand in the order of their periods, each once, and none before its period has begun."""
    for one in _indicators(case):
        periods = [str(result.id) for result in one.results]
        if periods != sorted(set(periods)):
            yield found(one.results[0].id.span, one.id, indicator=one.id, periods=", ".join(periods))


def latest_is_last(case: Case) -> Iterator[Found]:
    """IN-04: the value that documents print is the last one measured."""
    for one in _indicators(case):
        if one.results and one.actual is not None and one.actual.number != one.results[-1].value.number:
            last = one.results[-1]
            values = {"indicator": one.id, "value": one.actual, "last": last.value, "period": last.id}
            yield found(one.actual.span, one.id, **values)


def thresholds_in_order(case: Case) -> Iterator[Found]:
    """IN-05: thresholds lie strictly one behind the other in the direction in which it gets worse."""
    for one in _indicators(case):
        if one.thresholds is not None:
            limits = [getattr(one.thresholds, level).number for level in _LEVELS]
            ordered = [limit * _worse(one) for limit in limits]
            if not ordered[0] < ordered[1] < ordered[2]:
                told = " → ".join(str(getattr(one.thresholds, level)) for level in _LEVELS)
                yield found(one.thresholds.attention.span, one.id, indicator=one.id, thresholds=told, target=one.target)


def warnings_given(case: Case) -> Iterator[Found]:
    """IN-06: every crossing of a threshold has a notice of its level or a higher one."""
    for one, result, level in _crossings(case):
        known = [notice for notice in one.notices if notice.period == result.id]
        if not any(_LEVELS.index(notice.level) >= _LEVELS.index(level) for notice in known):
            values = {"indicator": one.id, "period": result.id, "value": result.value, "threshold": _limit(one, level)}
            yield found(result.value.span, one.id, **values)


def warnings_in_time(case: Case) -> Iterator[Found]:
    """IN-07: a notice was given within its limit, counted from the day the period's results are due."""
    for one, result, _ in _crossings(case):
        end = period_end(str(result.id))
        assert one.thresholds is not None
        if end is not None:
            last = later(_results_due(case, end), one.thresholds.notice)
            for notice in one.notices:
                if notice.period == result.id and notice.date > last:
                    values = {"indicator": one.id, "period": result.id, "date": notice.date, "last": last}
                    yield found(notice.id.span, one.id, **values)


def notices_belong(case: Case) -> Iterator[Found]:
    """IN-08: a notice names a period that was measured."""
    for one in _indicators(case):
        periods = {str(result.id) for result in one.results}
        for notice in one.notices:
            if str(notice.period) not in periods:
                yield found(notice.id.span, one.id, indicator=one.id, notice=notice.id, period=notice.period)


def indicators_are_used(case: Case) -> Iterator[Found]:
    """IN-09: every indicator is used by an objective, a process, a procedure, a report or the value model."""
    content = case.content
    used = {str(name) for one in content.objectives.objectives for name in one.indicators}
    used |= {str(name) for process in content.processes.processes for name in process.indicators}
    used |= {str(name) for procedure in content.procedures.values() for name in procedure.indicators}
    used |= {str(name) for report in content.reports.reports for name in report.indicators}
    used |= {str(element.indicator) for element in content.value.elements}
    used |= {str(outcome.indicator) for outcome in content.value.outcomes}
    used |= {str(goal.indicator) for goal in content.improvements.goals}
    used |= {str(improvement.indicator) for improvement in content.improvements.improvements}
    for one in _indicators(case):
        if str(one.id) not in used and one.group is None:
            yield found(one.id.span, one.id, indicator=one.id)


def misses_answered(case: Case) -> Iterator[Found]:
    """IN-10: a target missed three periods in a row has a corrective action, an improvement or a risk that names it."""
    named = _named(case)
    for one in _indicators(case):
        last = one.results[-_TREND:]
        missed = len(last) == _TREND and all(_missed(one, result.value.number) for result in last)
        if missed and str(one.id) not in named:
            yield found(last[-1].value.span, one.id, indicator=one.id, value=last[-1].value, target=one.target)


def _named(case: Case) -> str:
    files = ("corrections", "improvements", "risks", "reviews", "problems")
    sides = [side for pair in case.texts.pairs if pair.path[0] in files for side in pair.sides.values()]
    improved = [f"{{indicator:{one.indicator}" for one in case.content.improvements.improvements if one.indicator]
    return "\n".join([*sides, *improved])


def reports_show_trends(case: Case) -> Iterator[Found]:
    """SX-25: the indicators of a report have at least three measured periods, once there was time for them."""
    indicators = {str(one.id): one for one in _indicators(case)}
    for report in case.content.reports.reports:
        for name in report.indicators:
            one = indicators[str(name)]
            first = period_end(str(one.results[0].id)) if one.results else None
            if first is not None and len(one.results) < _TREND:
                third = later(later(first, one.frequency), one.frequency)
                if months_later(third, 1) < case.as_of:
                    yield found(name.span, report.id, report=report.id, indicator=name, count=len(one.results))


def reports_on_time(case: Case) -> Iterator[Found]:
    """SX-25-late: the last issue of a report is not older than its interval."""
    for report in case.content.reports.reports:
        if report.last is not None and case.older(months_later(report.last, 1), report.frequency):
            yield found(report.id.span, report.id, report=report.id, date=report.last, frequency=report.frequency)


def _indicators(case: Case) -> tuple[Indicator, ...]:
    return case.content.indicators.indicators


def _worse(indicator: Indicator) -> int:
    """1 where a higher value is worse, -1 where a lower one is."""
    return -direction(indicator)


def _missed(indicator: Indicator, value: Decimal) -> bool:
    return (value - indicator.target.number) * _worse(indicator) > 0


def _limit(indicator: Indicator, level: str) -> str:
    return str(getattr(indicator.thresholds, level))


def _crossings(case: Case) -> Iterator[tuple[Indicator, Result, str]]:
    """Every measured value beyond a threshold since the system began, with the last level it crosses."""
    begun = _begun(case)
    for one in _indicators(case):
        for result in one.results if one.thresholds is not None else ():
            end = period_end(str(result.id))
            crossed = [level for level in _LEVELS if _beyond(one, result, level)]
            if crossed and (begun is None or end is None or end >= begun):
                yield one, result, crossed[-1]


def _beyond(indicator: Indicator, result: Result, level: str) -> bool:
    limit: Decimal = getattr(indicator.thresholds, level).number
    return (result.value.number - limit) * _worse(indicator) > 0


def _begun(case: Case) -> datetime.date | None:
    """The day from which warnings are given: that of operation, else of the first document in force."""
    effective = (one.effective for one in case.standings.listed.values() if one.effective is not None)
    return case.content.certification.operation or min(effective, default=None)


def _results_due(case: Case, end: datetime.date) -> datetime.date:
    """The day by which the results of a period are known: the limit for service level reports, else a week."""
    limit = case.content.parameters.get("slm.report")
    return later(end, limit.value) if limit is not None and limit.value is not None else end + datetime.timedelta(7)


_PERIOD = re.compile(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?")


def period_end(period: str) -> datetime.date | None:
    """The last day of `2026-10`, `2026-Q3`, `2026-H1` or `2026`; None for another form."""
    match = _PERIOD.fullmatch(period)
    if match is None:
        return None
    month = int(match[2]) if match[2] else int(match[3]) * 3 if match[3] else int(match[4]) * 6 if match[4] else 12
    return months_later(datetime.date(int(match[1]), month, 1), 1) - datetime.timedelta(1)


FAMILY = Family(
    "measurement",
    "data",
    (
        Rule("SX-06", "error", "6.2.1", targets_have_a_direction),
        Rule("SX-06-unit", "error", "9.1", one_unit),
        Rule("SX-06-formula", "info", "9.1", formula_says_how),
        Rule("SX-25", "warning", "9.4", reports_show_trends),
        Rule("SX-25-late", "warning", "9.4", reports_on_time),
        Rule("IN-01", "error", "9.1", weights_add_up),
        Rule("IN-02", "warning", "9.1", groups_complete),
        Rule("IN-03", "error", "9.1", results_in_order),
        Rule("IN-04", "warning", "9.1", latest_is_last),
        Rule("IN-05", "error", "6.1.3", thresholds_in_order),
        Rule("IN-06", "error", "6.1.3", warnings_given),
        Rule("IN-07", "warning", "6.1.3", warnings_in_time),
        Rule("IN-08", "warning", "6.1.3", notices_belong),
        Rule("IN-09", "info", "9.1", indicators_are_used),
        Rule("IN-10", "warning", "10.1.1", misses_answered),
    ),
)
"""Rules on indicators and reports."""
