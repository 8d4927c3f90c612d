"""The measures, on outcomes made by hand and against plain definitions, and their intervals."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from judged import RIGHT, SILENT, UNANSWERABLE, WRONG, item, judged

from qa_service.evaluation.bootstrap import figures
from qa_service.evaluation.measures import MEASURES, auroc, declined_where_few_are_lost, risk_area, risk_coverage
from qa_service.evaluation.outcomes import Outcome
from qa_service.evaluation.sample import Sample, sample_of
from qa_service.evaluation.show import show

SURE = st.sampled_from([0.0, 0.2, 0.5, 0.5, 0.9])
DECISIONS = st.lists(st.tuples(st.booleans(), st.booleans(), SURE), min_size=1, max_size=12)


def values(outcomes: list[Outcome]) -> dict[str, float]:
    sample = sample_of(outcomes)
    return {name: value for name, measure in MEASURES.items() if not math.isnan(value := measure(sample))}


def decided(rows: list[tuple[bool, bool, float]]) -> Sample:
    return sample_of([judged(answerable, right, sure) for answerable, right, sure in rows])


def test_the_figures_are_shares_of_what_they_are_about() -> None:
    answerable = [Outcome(item(), a, ms) for a, ms in [(RIGHT, 1.0), (RIGHT, 2.0), (WRONG, 3.0), (SILENT, 4.0)]]
    others = [Outcome(UNANSWERABLE, a, ms) for a, ms in [(SILENT, 5.0), (SILENT, 6.0), (RIGHT, 100.0)]]
    measured = values([*answerable, *others])
    assert (measured["citation right"], measured["document right"]) == (2 / 4, 3 / 4)
    assert (measured["abstention precision"], measured["abstention recall"]) == (2 / 3, 2 / 3)
    assert measured["rightly answered or declined"] == 4 / 7
    assert (measured["median ms"], measured["p95 ms"]) == (4.0, 100.0)


def test_the_slowest_of_a_hundred_is_not_yet_the_95th_percentile() -> None:
    measured = values([Outcome(item(), RIGHT, float(ms)) for ms in range(100, 0, -1)])
    assert (measured["median ms"], measured["p95 ms"]) == (50.5, 95.0)


def test_what_no_question_has_is_not_measured() -> None:
    assert figures(sample_of([])) == []
    measured = values([Outcome(item(), RIGHT, 1.0)])
    assert "citation right" in measured
    assert not {"abstention recall", "AUROC of answerable", "rewrite, content-word F1"} & measured.keys()


@given(DECISIONS)
def test_auroc_is_the_share_of_pairs_in_the_right_order(rows: list[tuple[bool, bool, float]]) -> None:
    known, unknown = ([sure for kind, _, sure in rows if kind is wanted] for wanted in (True, False))
    pairs = [(k > u) + (k == u) / 2 for k, u in product(known, unknown)]
    measured = auroc(decided(rows))
    assert math.isnan(measured) if not pairs else measured == pytest.approx(np.mean(pairs))


@given(DECISIONS)
def test_coverage_rises_to_all_and_risk_ends_at_the_share_wrong(rows: list[tuple[bool, bool, float]]) -> None:
    coverage, risk = risk_coverage(decided(rows))
    assert coverage[-1] == 1.0
    assert (np.diff(coverage) > 0).all()
    assert risk[-1] == pytest.approx(np.mean([not (answerable and right) for answerable, right, _ in rows]))
    assert 0 <= risk_area(decided(rows)) <= 1


def test_a_confidence_that_puts_what_is_right_first_has_the_smaller_area() -> None:
    good = decided([(True, True, 0.9), (True, False, 0.4), (False, False, 0.1)])
    bad = decided([(True, True, 0.1), (True, False, 0.4), (False, False, 0.9)])
    assert risk_area(good) == pytest.approx((0 + 1 / 2 + 2 / 3) / 3)
    assert risk_area(good) < risk_area(bad)


def test_at_most_one_in_twenty_of_the_answerable_is_lost() -> None:
    known = [(True, True, (at + 1) / 20) for at in range(20)]
    unknown = [(False, False, sure) for sure in (0.01, 0.09, 0.1, 0.5)]
    assert declined_where_few_are_lost(decided([*known, *unknown])) == 2 / 4


@given(DECISIONS)
def test_an_interval_lies_around_its_figure_and_stays_the_same(rows: list[tuple[bool, bool, float]]) -> None:
    sample = decided(rows)
    chosen = {"right": MEASURES["citation right"]}
    for figure in figures(sample, chosen, draws=50):
        assert 0 <= figure.low <= figure.high <= 1
    assert figures(sample, chosen, draws=20) == figures(sample, chosen, draws=20)


def test_an_interval_of_a_share_is_as_wide_as_theory_says() -> None:
    sample = decided([(True, at % 4 > 0, 0.5) for at in range(400)])
    (figure,) = figures(sample, {"right": MEASURES["citation right"]})
    wide = 1.96 * math.sqrt(0.75 * 0.25 / 400)
    assert (figure.low, figure.high) == pytest.approx((0.75 - wide, 0.75 + wide), abs=0.006)


def test_the_table_shows_figures_kinds_and_on_demand_errors(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = [Outcome(item(), RIGHT, 1), Outcome(item(kind="place"), WRONG, 1), Outcome(UNANSWERABLE, SILENT, 1)]
    show(outcomes, errors=False)
    plain = capsys.readouterr().out
    assert "3 questions: 2 answerable, 1 not" in plain
    assert all(name in plain for name in ("citation right", "95 % interval", "place", "0.500"))
    assert "→" not in plain
    show(outcomes, errors=True)
    assert capsys.readouterr().out.count("→") == 1
