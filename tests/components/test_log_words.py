"""Rows of the audit log as an auditor reads them."""

from types import SimpleNamespace

from dashboard.components.log_words import detail_words, who_words


def test_what_the_log_keeps_is_told_in_words():
    assert detail_words({"account": "support", "change": "scope added", "kind": "practice", "value": "PR06"}) == "account support, scope added, practice PR06"
    assert detail_words({"account": "analyst", "change": "scope added", "kind": "organization", "value": ""}) == "account analyst, scope added, organization"
    assert detail_words({"show": "due", "people": 50}) == "list due, 50 patients"
    assert detail_words({"measure": "COL-E", "answer": "plan_counts", "proposed": 0}) == "measure COL-E, plan counts"
    assert detail_words({"unheard": 3}) == "unheard 3", "nothing is left out"


def test_who_did_it_where_nobody_was_signed_in():
    assert who_words(SimpleNamespace(username="", action="account changed")) == "command line"
    assert who_words(SimpleNamespace(username="", action="sign-in refused")) == "not signed in"
    assert who_words(SimpleNamespace(username="ruiz", action="refused")) == "ruiz"
