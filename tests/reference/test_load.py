"""Schema reference: what is loaded, from where, and how faults are told."""

import csv
import shutil

import pytest

from dashboard import database
from dashboard.measures import default_folder, load_cards
from dashboard.reference.load import REFERENCE, VALUE_SETS, ReferenceFaults, load_reference
from dashboard.settings import ROOT

CONFORMANCE = ROOT.parent / "shared" / "conformance"


@pytest.fixture(scope="module")
def loaded():
    connection = database.connect()
    load_reference(connection)
    return connection


@pytest.fixture
def small(tmp_path):
    """A folder of three concepts, to break."""
    folder = tmp_path / "value_sets"
    folder.mkdir()
    (folder / "index.csv").write_text(
        "concept,title,oids,origin,source,unconfirmed\n"
        "any_stay,A stay,,built_in,,\nscreen,Screening,1.2.3 1.2.4,official,,\nlater,Later,,catalog,,all\n", encoding="utf-8")
    (folder / "screen.csv").write_text("code_system,code,origin\nCPT,77067,claims\nICD10CM,z12.31,official\n", encoding="utf-8")
    (folder / "later.csv").write_text("code_system,code,origin\nICD10CM,E11.*,catalog\nUBREV,051*,catalog\n", encoding="utf-8")
    data = tmp_path / "reference"
    shutil.copytree(REFERENCE, data, ignore=lambda _, names: [n for n in names if not n.endswith(".csv")])
    for name, header in {"code_value.csv": "code_system,code,concept,at_least,above,at_most,below,source",
                         "unit.csv": "from_unit,to_unit,concept,factor,shift,source"}.items():
        (data / name).write_text(header + "\n", encoding="utf-8")
    return {"folder": folder, "data": data}


def codes(connection, concept):
    return connection.execute("""SELECT code_system, code FROM reference.value_set_code JOIN reference.concept USING (concept)
                                 WHERE name = ? ORDER BY ALL""", [concept]).fetchall()


def test_a_concept_has_the_number_of_its_line(loaded):
    with (VALUE_SETS / "index.csv").open(encoding="utf-8", newline="") as file:
        names = [row["concept"] for row in csv.DictReader(file)]
    assert loaded.execute("SELECT concept, name FROM reference.concept ORDER BY concept").fetchall() == list(enumerate(names, 1))


def test_what_a_result_code_states_is_an_interval(loaded):
    stated = dict(loaded.execute("""SELECT code, [CAST(value < 7 AS INT), CAST(value_high < 8 AS INT), CAST(value > 9 AS INT)]
                                    FROM reference.code_value WHERE concept = 'hba1c_laboratory_test'""").fetchall())
    assert stated == {"3044F": [1, 1, 0], "3051F": [0, 1, 0], "3052F": [0, 0, 0], "3046F": [0, 0, 1]}


def test_every_code_that_states_a_result_is_a_code_of_its_concept(loaded):
    assert loaded.execute("""
        SELECT v.code FROM reference.code_value AS v JOIN reference.concept AS c ON c.name = v.concept
        ANTI JOIN reference.value_set_code AS s
            ON s.concept = c.concept AND s.code_system = v.code_system AND s.code = v.code""").fetchall() == []


@pytest.mark.parametrize("concept, found, unit, wanted", [
    ("hba1c_laboratory_test", 53, "mmol/mol", 7.0), ("ldl_cholesterol", 3, "mmol/L", 116.0), ("body_weight", 150, "[lb_av]", 68.04),
    ("body_height", 70, "[in_i]", 177.8), ("systolic_blood_pressure", 18.7, "kPa", 140.3), ("hba1c_laboratory_test", 7, "%", 7)])
def test_units_lead_to_the_unit_of_the_concept(loaded, concept, found, unit, wanted):
    factor, shift = loaded.execute("SELECT factor, shift FROM reference.unit WHERE concept = ? AND from_unit = ?",
                                   [concept, unit]).fetchone()
    assert found * factor + shift == pytest.approx(wanted, abs=0.05)


def test_a_unit_is_spelled_anew_once_and_to_a_unit_that_is_none(loaded):
    assert loaded.execute("""SELECT from_unit FROM reference.unit WHERE concept IS NULL
        AND (from_unit IN (SELECT to_unit FROM reference.unit) OR from_unit = to_unit)""").fetchall() == []
    assert loaded.execute("SELECT from_unit, concept FROM reference.unit GROUP BY ALL HAVING count(*) > 1").fetchall() == []
    assert loaded.execute("""SELECT concept FROM reference.unit WHERE concept IS NOT NULL
        GROUP BY concept HAVING count(DISTINCT to_unit) > 1""").fetchall() == []


def test_every_drug_of_the_demo_is_one_that_a_measure_may_ask_for(loaded):
    assert loaded.execute("""
        SELECT count(*), count(DISTINCT ndc), min(length(ndc)), max(length(ndc)),
            bool_and(rxnorm IN (SELECT code FROM reference.value_set_code WHERE code_system = 'RXNORM'))
        FROM reference.ndc""").fetchall() == [(53, 53, 11, 11, True)]


def test_rules_kinds_and_programmes_are_loaded(loaded):
    assert loaded.execute("SELECT bits FROM reference.kind WHERE name = 'done'").fetchone() == (1,)
    assert loaded.execute("SELECT count(*) FROM reference.rule WHERE wrong IS NULL OR cure IS NULL").fetchone() == (0,)
    assert loaded.execute("SELECT weight FROM reference.programme WHERE programme = 'Stars' AND measure_id = 'CBP'").fetchall() == [(3.0,)]


def test_a_benchmark_names_its_source_and_a_rate_that_some_card_has(loaded):
    assert loaded.execute("SELECT value FROM reference.benchmark WHERE measure_id = 'CBP' AND product_line = 'medicare' AND level = '4 stars'").fetchall() == [(80,)]
    rows = loaded.execute("SELECT measure_id, variant, rate, value, source FROM reference.benchmark").fetchall()
    assert all(source and 0 <= value <= 100 for *_, value, source in rows)
    known = {(v.measure_id, v.name, rate.name or "") for v in load_cards(default_folder()).variants for rate in v.rates}
    assert not {(measure, variant, rate) for measure, variant, rate, *_ in rows} - known


def test_codes_are_brought_into_normal_form(small):
    connection = database.connect()
    load_reference(connection, **small)
    assert codes(connection, "screen") == [("HCPCS", "77067"), ("ICD10CM", "Z1231")]
    assert codes(connection, "later") == [("ICD10CM", "E11*"), ("UBREV", "051*")]


def test_official_value_sets_take_the_place_of_shipped_ones(small, tmp_path):
    given = tmp_path / "given.csv"
    given.write_text("oid,value_set_name,code_system,code,release\n1.2.3,S,CPT,00001,all\n1.2.4,S,LOINC,8480-6,2025\n"
                     "1.2.3,S,CPT,00002,2024\n9.9.9,S,CPT,00003,all\n", encoding="utf-8")
    connection = database.connect()
    load_reference(connection, value_sets=given, release=2025, **small)
    assert codes(connection, "screen") == [("HCPCS", "00001"), ("LOINC", "8480-6")]
    assert codes(connection, "later") == [("ICD10CM", "E11*"), ("UBREV", "051*")]
    load_reference(connection, value_sets=given, release="2024", **small)
    assert codes(connection, "screen") == [("HCPCS", "00001"), ("HCPCS", "00002")]


def test_what_given_files_lack_is_told(small, tmp_path):
    (sets := tmp_path / "sets.csv").write_text("oid,value_set_name,code_system,code,release\n", encoding="utf-8")
    (direct := tmp_path / "direct.csv").write_text(
        "measure,name,system,code,library,used\nM,x,ICD10CM,Z99.9,L,1\nM,x,ICD10CM,Z88,L,0\nM,x,UBREV,051*,L,1\n", encoding="utf-8")
    told = load_reference(database.connect(), value_sets=sets, direct_codes=direct, **small)
    assert (told.missing, told.unknown_codes) == (("screen",), (("ICD10CM", "Z999"),))


def test_imported_value_sets_take_the_place_of_shipped_ones(small, tmp_path):
    imported = tmp_path / "home" / "reference" / "value_sets"
    imported.mkdir(parents=True)
    (imported / "screen.csv").write_text("code_system,code,origin\nCPT,77063,licensed\n", encoding="utf-8")
    connection = database.connect()
    load_reference(connection, home=tmp_path / "home", **small)
    assert codes(connection, "screen") == [("HCPCS", "77063")]


def test_all_faults_are_told_at_once(small):
    folder, data = small["folder"], small["data"]
    with (folder / "index.csv").open("a", encoding="utf-8") as file:
        file.write("screen,Twice,,official,,\nnowhere,Nowhere,,invented,,\n")
    (folder / "later.csv").write_text("code_system,code,origin\nICD99,E11,x\nHCPCS,*,x\nHCPCS,G*1,x\nLOINC,8480-6,x\nLOINC,8480-6,x\n",
                                      encoding="utf-8")
    (folder / "stray.csv").write_text("code_system,code,origin\nLOINC,8480-6,x\n", encoding="utf-8")
    with (data / "unit.csv").open("a", encoding="utf-8") as file:
        file.write("g,kg,nobody,0.001,0,x\n")
    with pytest.raises(ReferenceFaults) as fault:
        load_reference(database.connect(), **small)
    told = str(fault.value)
    for wanted in ('concept "screen" stands there 2 times', 'origin "invented" of nowhere', "nowhere.csv: missing",
                   'stray.csv: index.csv does not name the concept "stray"', 'later.csv: no code system "ICD99"',
                   'HCPCS "*": a code is not empty', 'HCPCS "G*1": a code is not empty', "LOINC 8480-6 stands there 2 times",
                   'unit.csv: no concept "nobody"'):
        assert wanted in told
    assert len(told.splitlines()) == 9


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(ReferenceFaults, match=r"nothing\.csv: no such file"):
        load_reference(database.connect(), value_sets=tmp_path / "nothing.csv")


@pytest.mark.skipif(not CONFORMANCE.exists(), reason="needs the conformance decks beside the checkout")
@pytest.mark.parametrize("release", ["2024", "2025"])
def test_the_official_files_give_every_concept_its_codes(release):
    told = load_reference(database.connect(), CONFORMANCE / "value_sets.csv.gz", CONFORMANCE / "direct_codes.csv", release)
    assert (told.missing, told.unknown_codes) == ((), ())
