"""The value sets as they are shipped: every file loads, in normal form, with codes of the right shape and nothing but codes."""

import csv
import gzip
import re

import pytest

from dashboard import database
from dashboard.build import macros
from dashboard.reference.load import VALUE_SETS
from dashboard.reference.value_sets import CODE_SYSTEMS, INDEX, read_index
from dashboard.settings import ROOT

CONFORMANCE = ROOT.parent / "shared" / "conformance"
PREFIX = r"\*?"
SHAPES = {
    "HCPCS": r"\d{5}|\d{4}[A-Z]|[A-Z]\d{4}|[0-9A-Z]\d{1,3}\*",
    "ICD10CM": rf"[A-Z]\d[0-9A-Z][0-9A-Z]{{0,4}}{PREFIX}", "ICD10PCS": r"[0-9A-HJ-NP-Z]{7}",
    "SNOMEDCT": r"\d{6,18}", "LOINC": r"\d{1,7}-\d", "RXNORM": r"\d{1,8}", "CVX": r"\d{2,3}",
    "UBREV": r"\d{4}|\d{2,3}\*", "TypeOfBill": r"0\d{3}|0\d{1,2}\*", "POS": r"\d{2}", "PatDischargeStatus": r"\d{2}",
    "MODIFIER": r"[0-9A-Z]{2}"}
# Verhoeff's check digit, which ends a SNOMED CT code.
TURN = [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 0, 6, 7, 8, 9, 5], [2, 3, 4, 0, 1, 7, 8, 9, 5, 6], [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
        [4, 0, 1, 2, 3, 9, 5, 6, 7, 8], [5, 9, 8, 7, 6, 0, 4, 3, 2, 1], [6, 5, 9, 8, 7, 1, 0, 4, 3, 2], [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
        [8, 7, 6, 5, 9, 3, 2, 1, 0, 4], [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]]
SHIFT = [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 5, 7, 6, 2, 8, 3, 0, 9, 4], [5, 8, 0, 3, 7, 9, 6, 1, 4, 2], [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
         [9, 4, 5, 3, 1, 2, 6, 8, 7, 0], [4, 2, 8, 6, 5, 7, 3, 9, 0, 1], [2, 7, 9, 3, 8, 0, 6, 4, 1, 5], [7, 0, 4, 6, 9, 1, 3, 2, 5, 8]]


@pytest.fixture(scope="module")
def concepts():
    faults = []
    found = read_index(VALUE_SETS, faults)
    assert not faults
    return found


@pytest.fixture(scope="module")
def codes():
    """(concept, code_system, code, origin) of every file."""
    rows = []
    for path in sorted(VALUE_SETS.glob("*.csv")):
        if path.name != INDEX:
            with path.open(encoding="utf-8", newline="") as file:
                rows += [(path.stem, *row) for row in csv.reader(file)]
    return rows


def test_a_file_holds_bare_codes_and_no_descriptors(codes):
    headers = {row[1:] for row in codes if row[1] == "code_system"}
    assert headers == {("code_system", "code", "origin")}
    assert not [row for row in codes if len(row) != 4 or re.search(r"\s", "".join(row))]


def test_every_concept_but_the_built_in_ones_has_codes(concepts, codes):
    with_codes = {row[0] for row in codes if row[1] != "code_system"}
    assert {c.name for c in concepts if not c.built_in} == with_codes


def test_every_code_is_in_normal_form(codes):
    connection = database.connect()
    macros.prepare(connection)
    pairs = sorted({row[1:3] for row in codes if row[1] != "code_system"})
    altered = connection.execute("""
        SELECT code_system, code FROM (SELECT unnest($systems) AS code_system, unnest($codes) AS code)
        WHERE normal_system(code_system) <> code_system OR normal_code(code_system, code) IS DISTINCT FROM code""", {
        "systems": [system for system, _ in pairs], "codes": [code for _, code in pairs]}).fetchall()
    assert altered == []


def test_every_code_has_the_shape_of_its_system(codes):
    pairs = {row[1:3] for row in codes if row[1] != "code_system"}
    assert {system for system, _ in pairs} <= CODE_SYSTEMS
    assert not [(system, code) for system, code in sorted(pairs) if not re.fullmatch(SHAPES.get(system, r"[0-9A-Z.:-]+"), code)]


def test_check_digits_are_right(codes):
    pairs = {row[1:3] for row in codes}
    assert not [code for system, code in sorted(pairs) if system == "LOINC" and not _loinc(code)]
    assert not [code for system, code in sorted(pairs) if system == "SNOMEDCT" and not _snomed(code)]


def test_a_code_stands_once_in_a_file_and_files_are_sorted(codes):
    by_concept = {}
    for concept, system, code, _ in codes:
        if system != "code_system":
            by_concept.setdefault(concept, []).append((system, code))
    assert not [concept for concept, pairs in by_concept.items() if pairs != sorted(set(pairs))]


def test_names_are_words_and_titles_are_there(concepts):
    assert not [c.name for c in concepts if not re.fullmatch(r"[a-z][a-z0-9_]*[a-z0-9]", c.name) or not c.title]


def test_no_official_value_set_is_two_concepts(concepts):
    official = [oid for c in concepts if c.origin == "official" for oid in c.oids]
    assert len(official) == len(set(official))


@pytest.mark.parametrize("concept, system, code", [
    ("mammography", "LOINC", "24606-6"), ("mammography", "HCPCS", "77067"), ("colonoscopy", "HCPCS", "45378"),
    ("diabetes", "ICD10CM", "E119"), ("systolic_blood_pressure", "LOINC", "8480-6"), ("systolic_blood_pressure", "HCPCS", "3074F"),
    ("vax_mmr", "CVX", "03"), ("vax_mmr", "HCPCS", "90707"), ("rasa", "RXNORM", "314076"), ("sacubitril_valsartan", "RXNORM", "1656340"),
    ("insulin", "RXNORM", "106892"), ("oral_antidiabetics_pdc", "RXNORM", "860975"), ("nonacute_bill_type", "TypeOfBill", "021*"),
])
def test_a_concept_holds_what_one_expects(codes, concept, system, code):
    assert (concept, system, code) in {row[:3] for row in codes}


@pytest.mark.parametrize("concept, without", [
    ("rasa", "sacubitril_valsartan"), ("oral_antidiabetics_pdc", "insulin"), ("acute_bill_type", "nonacute_bill_type")])
def test_drugs_and_bills_that_exclude_each_other_share_no_code(codes, concept, without):
    held, other = ({row[1:3] for row in codes if row[0] == name and row[1] != "code_system"} for name in (concept, without))
    assert held and other and not held & other


@pytest.mark.skipif(not CONFORMANCE.exists(), reason="needs the conformance decks beside the checkout")
def test_every_value_set_and_code_that_official_measures_use_is_here(concepts, codes):
    here = {oid for c in concepts for oid in c.oids}
    with (CONFORMANCE / "measure_value_sets.csv").open(encoding="utf-8", newline="") as file:
        assert {row["oid"] for row in csv.DictReader(file) if row["used"] == "1"} <= here
    direct = {c.name for c in concepts if c.origin == "direct"}
    mine = {row[1:3] for row in codes if row[0] in direct}
    with (CONFORMANCE / "direct_codes.csv").open(encoding="utf-8", newline="") as file:
        used = {(_system(row["system"]), _plain(row)) for row in csv.DictReader(file) if row["used"] == "1"}
    assert used <= mine


@pytest.mark.skipif(not CONFORMANCE.exists(), reason="needs the conformance decks beside the checkout")
def test_an_official_concept_holds_its_value_set(concepts, codes):
    wanted = {}
    with gzip.open(CONFORMANCE / "value_sets.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["release"] == "all":
                wanted.setdefault(row["oid"], set()).add((_system(row["code_system"]), _plain(row | {"system": row["code_system"]})))
    held = {}
    for concept, system, code, _ in codes:
        held.setdefault(concept, set()).add((system, code))
    assert not [(c.name, oid) for c in concepts for oid in c.oids if not wanted[oid] <= held[c.name]]


def _system(name: str) -> str:
    return "HCPCS" if name in ("CPT", "CDT") else name


def _plain(row: dict) -> str:
    code = row["code"].strip().upper()
    return code.replace(".", "") if row["system"].startswith("ICD") else code


def _loinc(code: str) -> bool:
    digits, _, check = code.partition("-")
    doubled = [int(digit) * 2 if place % 2 == 0 else int(digit) for place, digit in enumerate(reversed(digits))]
    return (10 - sum(number // 10 + number % 10 for number in doubled) % 10) % 10 == int(check)


def _snomed(code: str) -> bool:
    check = 0
    for place, digit in enumerate(reversed(code)):
        check = TURN[check][SHIFT[place % 8][int(digit)]]
    return check == 0
