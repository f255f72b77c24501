"""huddleboard intake, as a person or a program calls it."""

import json

from dashboard.cli.main import main


def call(capsys, *arguments) -> tuple[int, str, str]:
    status = main(["intake", *map(str, arguments)])
    return status, *capsys.readouterr()


def condition(sender, name="clinic", born="DATE '2024-01-01'"):
    sent = sender(name)
    sent.parquet("condition.parquet", f"SELECT 'c1' AS condition_id, 'p1' AS person_id, {born} AS recorded_date, '{name}' AS data_source")
    return sent.folder


def test_it_says_what_became_of_a_delivery(capsys, house, sender):
    status, out, _ = call(capsys, condition(sender), "--home", house.home, "--source", "ehr")
    assert status == 0
    assert "accepted as delivery 1 (tuva, source ehr, 1 files)" in out
    assert "rows: condition 1" in out


def test_json_for_programs(capsys, house, sender):
    status, out, _ = call(capsys, condition(sender), "--home", house.home, "--json")
    report = json.loads(out)
    assert (status, report["ok"], report["deliveries"][0]["rows"]) == (0, True, {"condition": 1})


def test_a_refusal_goes_to_standard_error_with_status_1(capsys, house, sender):
    sent = sender()
    sent.bytes("condition.parquet", b"")
    status, out, err = call(capsys, sent.folder, "--home", house.home)
    assert (status, out) == (1, "")
    assert "condition.parquet: the file is empty. [zero_bytes] Send it again, or leave it out." in err


def test_a_dry_run_reports_what_a_build_would_refuse_and_leaves_nothing(capsys, house, sender):
    folder = condition(sender, born="'2024-02-30'")
    status, out, _ = call(capsys, folder, "--home", house.home, "--dry-run")
    assert status == 0
    assert "checked (tuva" in out
    assert "the next build refuses: condition unreadable_recorded_date 1" in out
    assert not house.home.exists()


def test_a_dry_run_knows_what_stands(capsys, house, sender):
    folder = condition(sender)
    call(capsys, folder, "--home", house.home)
    before = house.standing()
    _, out, _ = call(capsys, folder, "--home", house.home, "--dry-run")
    assert "duplicate" in out
    assert house.standing() == before


def test_faults_of_the_command_line_say_the_cure(capsys, house, sender, tmp_path):
    assert "there is no such file or folder" in call(capsys, tmp_path / "nothing", "--home", house.home)[2]
    assert "Known: fhir-r4, fhir-bundles, tuva, synthea-csv, cms-idr." in call(capsys, condition(sender), "--home", house.home, "--format", "hl7")[2]
