"""What a token server's refusal means: whose fault it is, and what a person can do."""

from __future__ import annotations

import pytest

from platforms.errors import SignInExpired
from platforms.sign_in import NotAllowed, NotSetUp
from platforms.token_refusals import Refusals

REFUSALS = Refusals(
    our_fault={"invalid_client"},
    unknown_token={"invalid_grant"},
    not_set_up="See the settings.",
    code_not_taken="Begin again.",
    sign_in_over="Connect it again.",
)


@pytest.mark.parametrize(
    ("status", "answer"),
    [(400, {"error": "invalid_client"}), (401, {"error": "anything"}), (401, {})],
)
def test_the_councils_own_trouble_is_neither_the_codes_nor_the_tokens(status, answer):
    for meaning in (REFUSALS.of_code, REFUSALS.of_token):
        error = meaning(status, answer)
        assert isinstance(error, NotSetUp)
        assert error.message == "See the settings."


def test_a_code_is_refused_with_any_word():
    error = REFUSALS.of_code(400, {"error": "something_new"})
    assert isinstance(error, NotAllowed)
    assert error.message == "Begin again."


def test_a_token_is_over_only_where_the_vendor_says_that_it_does_not_know_it():
    """Anything else leaves a doubt, and a sign-in that may well be good is not given up."""
    error = REFUSALS.of_token(400, {"error": "invalid_grant"})
    assert isinstance(error, SignInExpired)
    assert error.message == "Connect it again."
    assert REFUSALS.of_token(400, {"error": "something_new"}) is None


@pytest.mark.parametrize("answer", [{}, {"error": ""}, {"error": None}, {"error": ["a"]}])
def test_a_refusal_without_a_word_leaves_a_doubt(answer):
    assert REFUSALS.of_code(400, answer) is None
    assert REFUSALS.of_token(400, answer) is None
