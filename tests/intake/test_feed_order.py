"""The order of a feed: repetitions, full and delta deliveries, sequences, and what is not whole yet (cases 9 to 13)."""

import pytest

CONDITION = "SELECT 'c1' AS condition_id, '0001' AS person_id, DATE '2024-01-01' AS recorded_date, 'E11.9' AS source_code, 'ehr' AS data_source"
ENCOUNTERS = "SELECT 'e' || i AS encounter_id, 'p' || i AS person_id, DATE '2024-01-01' AS encounter_start_date, 'ehr' AS data_source FROM range({}) AS r(i)"


def test_09_the_same_delivery_again_is_a_no_op(house, sender):
    sent = sender()
    sent.parquet("condition.parquet", CONDITION)
    house.take(sent)
    before = house.standing()
    assert house.take(sent).status == "duplicate"
    assert house.standing() == before


def test_09_the_same_file_in_another_delivery_is_not_taken_twice(house, sender):
    first, second = sender("first"), sender("second")
    first.parquet("condition.parquet", CONDITION)
    second.parquet("condition.parquet", CONDITION)
    second.parquet("encounter.parquet", ENCOUNTERS.format(2))
    house.take(first, data_source="ehr")
    report = house.take(second, data_source="ehr")
    assert report.rows == {"encounter": 2}
    assert [w.rule for w in report.warnings] == ["duplicate_file"]
    assert len(house.extract("condition")) == 1


def test_09_a_sequence_sent_anew_stands_in_place_of_its_earlier_self(house, sender):
    for name, count in (("first", 3), ("again", 2)):
        sent = sender(name)
        sent.parquet("encounter.parquet", ENCOUNTERS.format(count))
        sent.manifest(feed="visits", source="ehr", sequence=7)
        report = house.take(sent)
    assert (report.status, report.replaced_files) == ("accepted", 1)
    assert len(house.extract("encounter")) == 2


@pytest.mark.parametrize(("kind", "count"), [("full", 60), ("full", 140), ("delta", 90)])
def test_10_full_where_delta_is_expected_or_the_reverse_is_refused(house, sender, kind, count):
    full, wrong = sender("full"), sender("wrong")
    full.parquet("encounter.parquet", ENCOUNTERS.format(100))
    full.manifest(feed="visits", source="ehr", sequence=1, kind="full")
    house.take(full)
    wrong.parquet("encounter.parquet", ENCOUNTERS.format(count))
    wrong.manifest(feed="visits", source="ehr", sequence=2, kind=kind)
    before = house.standing()
    report = house.take(wrong)
    assert (report.status, report.problems[0].rule, report.problems[0].found) == (
        "refused", "full_or_delta", f"{count} rows, the last full delivery had 100.")
    assert house.standing() == before


def test_10_a_full_delivery_of_like_size_replaces_what_its_feed_sent(house, sender):
    for sequence, count in ((1, 100), (2, 110)):
        sent = sender(f"full-{sequence}")
        sent.parquet("encounter.parquet", ENCOUNTERS.format(count))
        sent.manifest(feed="visits", source="ehr", sequence=sequence, kind="full")
        report = house.take(sent)
    assert report.replaced_files == 1
    assert len(house.extract("encounter")) == 110


def delta(sender, sequence: int):
    sent = sender(f"delta-{sequence}")
    sent.parquet("encounter.parquet", f"SELECT 'e{sequence}' AS encounter_id, 'p1' AS person_id, 'ehr' AS data_source")
    sent.manifest(feed="visits", source="ehr", sequence=sequence, kind="delta")
    return sent


def test_11_deltas_out_of_order_are_replayed_in_order(house, sender):
    assert house.take(delta(sender, 6)).status == "accepted"
    assert house.take(delta(sender, 9)).status == "held"
    assert house.take(delta(sender, 8)).status == "held"
    report = house.take_all(delta(sender, 7))
    assert [(d.sequence, d.status) for d in report.deliveries] == [(7, "accepted"), (8, "accepted"), (9, "accepted")]
    assert house.ask("SELECT sequence FROM delivery WHERE status = 'accepted' ORDER BY delivery_no").cells == [(6,), (7,), (8,), (9,)]
    assert not list((house.home / "held").iterdir())


def test_11_a_delta_older_than_what_stands_is_held(house, sender):
    house.take(delta(sender, 6))
    report = house.take(delta(sender, 3))
    assert report.status == "held"
    assert "sequence 3 is older than 6, which stands." in str(report.problems[0])


def test_12_a_missing_sequence_holds_what_comes_after_it(house, sender):
    house.take(delta(sender, 1))
    report = house.take(delta(sender, 3))
    assert (report.status, len(house.extract("encounter"))) == ("held", 1)
    assert "sequence 2 is missing." in str(report.problems[0])
    assert house.take(delta(sender, 3)).status == "duplicate"


def test_12_a_full_delivery_needs_no_predecessor(house, sender):
    house.take(delta(sender, 1))
    sent = sender("full")
    sent.parquet("encounter.parquet", ENCOUNTERS.format(3))
    sent.manifest(feed="visits", source="ehr", sequence=5, kind="full")
    assert house.take(sent).status == "accepted"
    assert len(house.extract("encounter")) == 3


@pytest.mark.parametrize("unfinished", ["encounter.parquet.part", "_manifest.json.tmp"])
def test_13_a_half_written_delivery_waits(house, sender, unfinished):
    sent = sender()
    sent.parquet("condition.parquet", CONDITION)
    sent.bytes(unfinished, b"PAR1")
    assert house.take(sent).status == "waiting"
    (sent.folder / unfinished).unlink()
    assert house.take(sent).status == "accepted"


def test_13_a_delivery_waits_for_every_file_of_its_manifest(house, sender):
    sent = sender()
    sent.parquet("condition.parquet", CONDITION)
    sent.manifest(feed="ehr", files=[{"name": "condition.parquet"}, {"name": "encounter.parquet"}])
    report = house.take(sent)
    assert report.status == "waiting"
    assert "the manifest names encounter.parquet, which is not here yet." in str(report.problems[0])


def test_13_where_a_sender_marks_files_as_done_the_others_wait(house, sender):
    sent = sender()
    sent.parquet("condition.parquet", CONDITION)
    sent.parquet("encounter.parquet", ENCOUNTERS.format(1))
    sent.bytes("condition.parquet.done", b"")
    assert house.take(sent).status == "waiting"
    sent.bytes("encounter.parquet.done", b"")
    assert house.take(sent).status == "accepted"
