"""The screening against an independent model that tries every completion of the undecided answers."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ethics.screening import Outcome, Override, ScreeningError, default_rules, evaluate, overridden

HARD = ["A", "B", "C"]
CRITERIA = [f"K{n}" for n in range(1, 10)]
ROWS = [f"DSK{n:02}" for n in range(1, 18)]
BASE = {"V1": "ja", **dict.fromkeys(HARD + CRITERIA, "nein")}


def decide(complete: dict[str, bool], threshold: int = 2) -> str:
    """Two-valued reference, written from ETHICS.md without looking at the code."""
    if not complete["V1"]:
        return "nicht_anwendbar"
    if any(complete[q] for q in complete if q in HARD or q[:3] in ("DSK", "LDI")):
        return "erforderlich"
    met = sum(complete[q] for q in CRITERIA)
    if met >= threshold:
        return "erforderlich"
    return "einzelfall" if met else "nicht_erforderlich"


def brute_force(answers: dict[str, str], threshold: int = 2) -> tuple[str, set[str]]:
    """Outcome and deciding questions by enumerating all completions."""
    ids = ["V1", *HARD, *CRITERIA, *(q for q in answers if q[:3] in ("DSK", "LDI"))]
    undecided = [q for q in ids if answers.get(q, "unklar") == "unklar"]
    fixed = {q: answers.get(q) == "ja" for q in ids}
    table = {}
    for values in itertools.product((False, True), repeat=len(undecided)):
        table[values] = decide(fixed | dict(zip(undecided, values, strict=True)), threshold)
    matter = {
        question
        for place, question in enumerate(undecided)
        for values, outcome in table.items()
        if not values[place] and table[(*values[:place], True, *values[place + 1 :])] != outcome
    }
    outcomes = set(table.values())
    return (outcomes.pop() if len(outcomes) == 1 else "offen"), matter


def few_open(ids: list[str], most: int = 7) -> st.SearchStrategy[dict[str, str]]:
    """Answers to all `ids`, of which at most `most` are `unklar` or absent, so that enumeration stays small."""

    @st.composite
    def build(draw: st.DrawFn) -> dict[str, str]:
        answers = {q: draw(st.sampled_from(["nein", "nein", "ja"])) for q in ids}
        for question in draw(st.lists(st.sampled_from(ids), unique=True, max_size=most)):
            if draw(st.booleans()):
                answers[question] = "unklar"
            else:
                del answers[question]
        return answers

    return build()


@settings(max_examples=400, deadline=None)
@given(
    few_open(["V1", *HARD, *CRITERIA]),
    st.dictionaries(st.sampled_from([*ROWS, "LDI01"]), st.sampled_from(["ja", "nein", "unklar"]), max_size=3),
)
def test_evaluate_equals_enumeration_of_all_completions(core: dict[str, str], rows: dict[str, str]) -> None:
    answers = core | rows
    outcome, matter = brute_force(answers)
    result = evaluate(answers)
    assert result.outcome == outcome
    assert set(result.open_questions) == (matter if outcome == "offen" else set())


@settings(max_examples=100, deadline=None)
@given(few_open(["V1", *HARD, *CRITERIA], most=5), st.integers(min_value=1, max_value=5))
def test_evaluate_honours_another_threshold(answers: dict[str, str], threshold: int) -> None:
    rules = dataclasses.replace(default_rules(), threshold=threshold)
    outcome, matter = brute_force(answers, threshold)
    result = evaluate(answers, rules=rules)
    assert result.outcome == outcome
    assert set(result.open_questions) == (matter if outcome == "offen" else set())


@settings(max_examples=100, deadline=None)
@given(few_open(["V1", *HARD, *CRITERIA]))
def test_hint_questions_never_change_the_outcome(answers: dict[str, str]) -> None:
    plain = evaluate(answers)
    for value in ("ja", "nein", "unklar"):
        other = evaluate(answers | dict.fromkeys(("V2", "V3", "V4", "V5"), value))
        assert (other.outcome, other.open_questions) == (plain.outcome, plain.open_questions)


@pytest.mark.parametrize(
    ("answers", "outcome", "open_questions"),
    [
        ({}, "offen", ["V1", *HARD, *CRITERIA]),
        ({"V1": "nein"}, "nicht_anwendbar", []),
        ({**BASE, "V1": "nein", "A": "ja"}, "nicht_anwendbar", []),
        ({**BASE, "V1": "unklar"}, "offen", ["V1"]),
        ({**BASE, "V1": "unklar", "A": "ja", "K1": "unklar"}, "offen", ["V1"]),
        (BASE, "nicht_erforderlich", []),
        ({**BASE, "K4": "ja"}, "einzelfall", []),
        ({**BASE, "K4": "ja", "K8": "ja"}, "erforderlich", []),
        ({**BASE, "K4": "ja", "K8": "unklar"}, "offen", ["K8"]),
        ({**BASE, "K4": "ja", "K8": "ja", "A": "unklar"}, "erforderlich", []),
        ({**BASE, "C": "unklar", "K2": "unklar", "DSK04": "unklar"}, "offen", ["C", "K2", "DSK04"]),
        ({"V1": "ja", "B": "ja"}, "erforderlich", []),
        ({**BASE, "DSK12": "ja"}, "erforderlich", []),
        ({**BASE, "DSK12": "nein"}, "nicht_erforderlich", []),
        ({**BASE, "LDI03": "ja"}, "erforderlich", []),
        ({**BASE, "LDI03": "unklar"}, "offen", ["LDI03"]),
    ],
)
def test_evaluate_worked_cases(answers: dict[str, str], outcome: str, open_questions: list[str]) -> None:
    result = evaluate(answers)
    assert result.outcome == outcome
    assert list(result.open_questions) == open_questions
    assert result.reasons
    assert all(isinstance(reason, str) and len(reason) > 20 for reason in result.reasons)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"V1": "vielleicht"}, "invalid_answer"),
        ({"V1": ""}, "invalid_answer"),
        ({"V1": "Ja"}, "invalid_answer"),
        ({"V1": None}, "invalid_answer"),
        ({"V1": True}, "invalid_answer"),
        ({"K10": "ja"}, "unknown_question"),
        ({"DSK18": "ja"}, "unknown_question"),
        ({"": "ja"}, "unknown_question"),
        ({"LDI<script>": "ja"}, "unknown_question"),
    ],
)
def test_evaluate_refuses_what_it_does_not_know(answers: dict, code: str) -> None:
    with pytest.raises(ScreeningError) as caught:
        evaluate(answers)
    assert caught.value.code == code
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("answers", [None, [], [("V1", "ja")], "V1", {"V1"}, 1])
def test_evaluate_wants_answers_by_question(answers: object) -> None:
    with pytest.raises(ScreeningError) as caught:
        evaluate(answers)  # type: ignore[arg-type]
    assert caught.value.code == "invalid_answer"


@pytest.mark.parametrize("value", [["ja"], {"a": 1}, 1, 1.5, b"ja", "JA", "ja ", "true"])
def test_evaluate_refuses_values_of_other_kinds(value: object) -> None:
    with pytest.raises(ScreeningError) as caught:
        evaluate({**BASE, "K3": value})  # type: ignore[dict-item]
    assert (caught.value.code, caught.value.field) == ("invalid_answer", "K3")


def test_hints_name_article_10_and_ai() -> None:
    assert len(evaluate({"V4": "ja", "V5": "ja"}).hints) == 2
    assert evaluate({"V4": "nein", "V5": "unklar"}).hints == ()


def test_override_upward_needs_only_a_reason() -> None:
    screening = evaluate(BASE)
    assert overridden(screening, Override(Outcome.REQUIRED, "Vorsicht geboten")) == "erforderlich"
    with pytest.raises(ScreeningError):
        overridden(screening, Override(Outcome.REQUIRED, "  "))


def test_override_downward_only_from_criteria_with_dpo() -> None:
    screening = evaluate({**BASE, "K4": "ja", "K8": "ja"})
    with pytest.raises(ScreeningError) as caught:
        overridden(screening, Override(Outcome.NOT_REQUIRED, "Grund"))
    assert caught.value.code == "dpo_statement_missing"
    assert overridden(screening, Override(Outcome.NOT_REQUIRED, "Grund", "Einverstanden")) == "nicht_erforderlich"
    hard = evaluate({**BASE, "A": "ja", "K4": "ja"})
    with pytest.raises(ScreeningError) as caught:
        overridden(hard, Override(Outcome.NOT_REQUIRED, "Grund", "Einverstanden"))
    assert caught.value.code == "downward_forbidden"


def test_override_of_an_open_result_goes_up_only() -> None:
    screening = evaluate({"V1": "ja"})
    assert overridden(screening, Override(Outcome.REQUIRED, "Vorsicht")) == "erforderlich"
    for outcome in (Outcome.NOT_REQUIRED, Outcome.CASE_BY_CASE, Outcome.NOT_APPLICABLE, Outcome.OPEN):
        with pytest.raises(ScreeningError):
            overridden(screening, Override(outcome, "Grund", "Einverstanden"))
