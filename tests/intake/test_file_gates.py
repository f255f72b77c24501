"""The gates of files, one test (or more) for each way in which a file arrives broken. A refused file leaves everything as it was."""

import gzip
import json

import pytest
from drawn import rows

from dashboard import database
from dashboard.intake import delivery as deliveries

CONDITION = "SELECT 'c1' AS condition_id, '0001' AS person_id, DATE '2024-01-01' AS recorded_date, 'E11.9' AS source_code, 'ehr' AS data_source"
ENCOUNTERS = "SELECT 'e' || i AS encounter_id, 'p' || i AS person_id, DATE '2024-01-01' AS encounter_start_date, 'ehr' AS data_source FROM range({}) AS r(i)"


def refused(house, sent, rule: str, found: str = "", **options):
    """The delivery is refused for this rule, in words that say so, and nothing has changed."""
    before = house.standing()
    report = house.take(sent, **options)
    assert report.status == "refused"
    problem = next((p for p in report.problems if p.rule == rule), None)
    assert problem, report.problems
    assert found in f"{problem.place} {problem.found} {problem.cure}"
    assert problem.cure
    assert not before or house.standing() == before
    return report


@pytest.fixture
def stands(house, sender):
    """A house in which something stands already."""
    sent = sender("standing")
    sent.parquet("condition.parquet", CONDITION)
    house.take(sent, data_source="standing")
    return house


def test_01_a_truncated_parquet_file_is_refused(stands, sender):
    sent = sender()
    path = sent.parquet("encounter.parquet", ENCOUNTERS.format(1000))
    path.write_bytes(path.read_bytes()[:-20])
    refused(stands, sent, "truncated", "encounter.parquet")


def test_01_a_truncated_gz_is_refused(stands, sender):
    sent = sender()
    whole = gzip.compress("".join(json.dumps({"resourceType": "Patient", "id": f"p{i * 7919 % 10007}"}) + "\n" for i in range(5000)).encode())
    sent.bytes("Patient.ndjson.gz", whole[:len(whole) // 2])
    refused(stands, sent, "damaged", "Patient.ndjson.gz")


def test_02_a_zero_byte_file_is_refused(stands, sender):
    sent = sender()
    sent.bytes("encounter.parquet", b"")
    refused(stands, sent, "zero_bytes", "encounter.parquet")


def test_03_flipped_bytes_inside_a_page_are_refused(stands, sender):
    sent = sender()
    path = sent.parquet("encounter.parquet", "SELECT md5(i::VARCHAR) AS encounter_id, md5((i*7)::VARCHAR) AS person_id, 'ehr' AS data_source FROM range(50000) AS r(i)")
    content = bytearray(path.read_bytes())
    content[4000:4200] = bytes(200)
    path.write_bytes(bytes(content))
    refused(stands, sent, "damaged", "encounter.parquet")


def test_03_content_that_the_manifest_was_not_written_for_is_refused(stands, sender):
    sent = sender()
    sent.parquet("encounter.parquet", ENCOUNTERS.format(3))
    sent.manifest(feed="ehr", files=[{"name": "encounter.parquet", "sha256": "0" * 64}])
    refused(stands, sent, "sha256", "encounter.parquet")


def test_03_rows_that_the_manifest_does_not_announce_are_refused(stands, sender):
    sent = sender()
    sent.parquet("encounter.parquet", ENCOUNTERS.format(3))
    sent.manifest(feed="ehr", files=[{"name": "encounter.parquet", "row_count": 4}])
    refused(stands, sent, "row_count", "3 rows, the manifest says 4")


def test_04_a_file_without_rows_is_refused_unless_the_manifest_says_so(stands, sender):
    silent, said = sender("silent"), sender("said")
    for sent in (silent, said):
        sent.parquet("encounter.parquet", ENCOUNTERS.format(0))
    refused(stands, silent, "no_rows", "encounter.parquet")
    said.manifest(feed="ehr", files=[{"name": "encounter.parquet", "row_count": 0}])
    assert stands.take(said).status == "accepted"


@pytest.mark.parametrize("version", ["2", None])
def test_05_a_wrong_or_missing_contract_version_is_refused(stands, sender, version):
    sent = sender()
    sent.parquet("encounter.parquet", ENCOUNTERS.format(3))
    sent.bytes("_manifest.json", json.dumps({"feed": "x"} | ({"contract_version": version} if version else {})).encode())
    refused(stands, sent, "contract_version", 'This house reads "1".')


def test_06_a_missing_required_column_is_refused_and_named(stands, sender):
    sent = sender()
    sent.parquet("encounter.parquet", "SELECT 'e1' AS encounter_id, 'ehr' AS data_source")
    refused(stands, sent, "missing_column", 'the required column "person_id" of encounter is not there.')


def test_06_an_extra_column_is_ignored_and_reported(house, sender):
    sent = sender()
    sent.parquet("condition.parquet", CONDITION + ", 44 AS shoe_size")
    report = house.take(sent)
    assert report.status == "accepted"
    assert [w.found for w in report.warnings] == ['column "shoe_size" is not in the contract']


def test_07_ids_sent_as_numbers_are_refused_file_by_file(stands, sender):
    sent = sender()
    sent.parquet("condition/part-0.parquet", CONDITION)
    sent.parquet("condition/part-1.parquet", "SELECT 'c2' AS condition_id, 1 AS person_id, 'ehr' AS data_source")
    report = refused(stands, sent, "type_drift", "leading zeros may be lost")
    assert [p.place for p in report.problems] == ["condition/part-1.parquet, column person_id"]


def test_08_renamed_columns_are_refused_with_a_suggestion(stands, sender):
    sent = sender()
    sent.parquet("encounter.parquet", "SELECT 'e1' AS ENCOUNTER_ID, 'p1' AS personid, 'ehr' AS data_source")
    refused(stands, sent, "renamed_column", 'Call it "encounter_id".')
    refused(stands, sent, "missing_column", 'Is it "personid"? Call it "person_id".')


def test_14_a_file_larger_than_memory_goes_through(house, sender, monkeypatch):
    sent = sender()
    sent.parquet("condition.parquet", """
        SELECT md5(i::VARCHAR) || md5((i + 1)::VARCHAR) AS condition_id, 'p' || i % 1000 AS person_id, md5((i * 3)::VARCHAR) AS source_description, 'ehr' AS data_source
        FROM range(1000000) AS r(i)""")
    monkeypatch.setenv("HUDDLEBOARD_MEMORY", "150MB")
    assert house.take(sent).rows == {"condition": 1_000_000}


@pytest.mark.parametrize(("encoding", "content"), [
    ("latin-1", "condition_id,person_id,source_description,data_source\nc1,p1,Café,ehr\n"),
    ("utf-16", "condition_id,person_id,source_description,data_source\nc1,p1,Cafe,ehr\n"),
    ("cp1252", "condition_id,person_id,source_description,data_source\nc1,p1,‘x’,ehr\n")])
def test_15_another_encoding_than_utf_8_is_refused_unless_declared(stands, sender, encoding, content):
    sent = sender()
    sent.bytes("condition.csv", content.encode(encoding))
    refused(stands, sent, "encoding", "declare it in _manifest.json")
    sent.manifest(feed="ehr", source="other", encoding=encoding)
    assert stands.take(sent).status == "accepted"
    assert stands.extract("condition", "source_description").cells[-1:] == [(content.splitlines()[1].split(",")[2],)]


def test_15_latin_1_in_ndjson_is_refused(stands, sender):
    sent = sender()
    sent.bytes("Condition.ndjson", '{"resourceType": "Condition", "id": "c1", "code": {"text": "Café"}}\n'.encode("latin-1"))
    refused(stands, sent, "encoding", "Condition.ndjson")


def test_15_a_byte_order_mark_is_no_part_of_the_first_column(house, sender):
    sent = sender()
    sent.bytes("condition.csv", "\ufeffcondition_id,person_id,data_source\nc1,p1,ehr\n".encode())
    house.take(sent)
    assert house.extract("condition", "condition_id").cells == [("c1",)]


def test_23_two_sources_with_the_same_ids_are_different_people(house, sender):
    for source in ("north", "south"):
        sent = sender(source)
        sent.parquet("condition.parquet", f"SELECT 'c1' AS condition_id, 'p1' AS person_id, '{source}' AS data_source")
        house.take(sent)
    people = house.people()
    assert set(people) == {"north/p1", "south/p1"} and people["north/p1"] != people["south/p1"]
    assert len(set(house.extract("condition", "person_key").cells)) == 2


def test_a_file_of_an_unknown_kind_is_refused_with_the_known_ones(stands, sender):
    sent = sender()
    sent.bytes("claims.zip.txt", b"a,b\n")
    refused(stands, sent, "unknown_format", "fhir-r4|fhir-bundles|tuva|synthea-csv")


def test_a_delivery_is_refused_whole(stands, sender):
    sent = sender()
    sent.parquet("encounter.parquet", ENCOUNTERS.format(5))
    sent.parquet("condition.parquet", "SELECT 'c1' AS condition_id, 'ehr' AS data_source")
    refused(stands, sent, "missing_column", "condition.parquet")
    assert len(stands.extract("encounter")) == 0


def test_a_crash_before_the_commit_leaves_everything_as_it_was(stands, sender, monkeypatch):
    from dashboard.intake import feed
    sent, before = sender(), stands.standing()
    sent.parquet("encounter.parquet", ENCOUNTERS.format(5))
    monkeypatch.setattr(feed, "record", lambda *a, **k: (_ for _ in ()).throw(database.Error("the machine stopped")))
    with pytest.raises(database.Error):
        stands.take(sent)
    assert stands.standing() == before
    monkeypatch.undo()
    assert stands.take(sent).rows == {"encounter": 5}


def test_errors_quote_no_record(house, sender):
    sent = sender()
    sent.bytes("condition.csv", b'condition_id,person_id,data_source\nc1,p1,ehr\n"SECRET NAME,p2,ehr\nc3,p3,ehr\n')
    report = house.take(sent)
    assert report.status == "refused"
    assert "SECRET" not in str(report) and "SECRET" not in json.dumps([vars(p) for p in report.problems])
    assert report.problems[0].rule == "open_quote"


def test_every_delivery_has_a_manifest_made_when_absent(house, sender):
    sent = sender("clinic")
    sent.parquet("condition.parquet", CONDITION)
    report = house.take(sent)
    kept = json.loads((house.home / "manifest" / f"{report.delivery_no}.json").read_text())
    assert {key: kept[key] for key in ("contract_version", "feed", "source", "kind", "made")} == {
        "contract_version": "1", "feed": "clinic", "source": "clinic", "kind": "delta", "made": True}


def test_loose_files_of_one_folder_are_one_delivery(sender):
    one, other = sender("one"), sender("other")
    paths = [one.parquet("condition.parquet", CONDITION), one.parquet("encounter.parquet", ENCOUNTERS.format(1)), other.parquet("condition.parquet", CONDITION)]
    assert [len(files) for _, files in deliveries.groups(paths)] == [2, 1]
    assert [len(files) for _, files in deliveries.groups([one.folder, other.folder])] == [2, 1]


def test_the_ledger_says_what_was_sent_and_where_it_lies(house, sender):
    sent = sender()
    path = sent.parquet("condition.parquet", CONDITION)
    house.take(sent, data_source="ehr", tenant="north")
    assert house.ask("SELECT tenant, data_source, format, status FROM delivery") == rows("""
        tenant | data_source | format | status
        north  | ehr         | tuva   | accepted
        """)
    assert house.ask("SELECT file_name, table_name, row_count, accepted, path FROM file") == rows("""
        file_name         | table_name | row_count | accepted | path
        condition.parquet | condition  | 1         | T        | extract/condition/1-0.parquet
        """)
    assert path.exists()
