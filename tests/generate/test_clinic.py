"""What screens need of a synthetic MSO: patients today, discharges just now, deliveries with a rhythm of their own."""

from datetime import date
from itertools import pairwise

import pytest

from dashboard import database
from dashboard.generate import generate
from dashboard.generate.deliveries import LATE_BY, month_ends, schedule

PEOPLE = 600
MONDAY, SUNDAY, THANKSGIVING = date(2026, 11, 23), date(2026, 11, 22), date(2026, 11, 26)


@pytest.fixture(scope="module", params=[MONDAY, SUNDAY, THANKSGIVING], ids=["monday", "sunday", "thanksgiving"])
def day(request, tmp_path_factory):
    """(as_of, ask) of an extract of that day."""
    out = tmp_path_factory.mktemp("day") / "mso"
    generate(PEOPLE, out, as_of=request.param, months=2)
    connection = database.connect()
    for table in (path.name for path in out.iterdir() if path.is_dir()):
        connection.execute(f"CREATE VIEW {table} AS FROM read_parquet('{out}/{table}/*.parquet')")
    yield request.param, lambda text: connection.execute(text).fetchall()
    connection.close()


NEXT_CLINIC_DAY = {MONDAY: MONDAY, SUNDAY: MONDAY, THANKSGIVING: date(2026, 11, 27)}


def test_patients_are_booked_for_today_or_the_next_day_of_clinic_and_for_weeks_ahead(day):
    as_of, ask = day
    booked = dict(ask(f"""SELECT CAST(start_datetime AS DATE), count(DISTINCT appointment_id) FROM appointment
        WHERE status = 'booked' AND start_datetime >= DATE '{as_of}' GROUP BY 1"""))
    assert min(booked) == NEXT_CLINIC_DAY[as_of] and booked[min(booked)] >= 8
    assert (max(booked) - as_of).days > 30
    assert not [found for found in booked if found.isoweekday() > 5 or found in (THANKSGIVING, date(2026, 12, 25), date(2027, 1, 1))]


def test_visits_that_are_over_say_how_they_went(day):
    as_of, ask = day
    newest = ask(f"""SELECT arg_max(status, file_date) AS newest, count(*) FROM (SELECT * FROM appointment WHERE start_datetime < DATE '{as_of}')
        GROUP BY appointment_id""")
    assert {status for status, _ in newest} <= {"fulfilled", "noshow"}


def test_stays_are_known_when_they_end_and_billed_later(day):
    as_of, ask = day
    stays = ask("SELECT encounter_end_date, file_date FROM encounter WHERE encounter_type = 'inpatient'")
    assert len([end for end, _ in stays if (as_of - end).days <= 60]) >= 3
    assert all((told - end).days <= 31 for end, told in stays if (as_of - end).days < 60)
    assert ask("""SELECT count(*) FROM medical_claim AS c ANTI JOIN encounter AS e USING (encounter_id, person_id) WHERE c.encounter_id IS NOT NULL""") == [(0,)]


def test_a_claim_comes_pending_first_and_then_as_it_was_decided(day):
    _, ask = day
    both = ask("""SELECT arg_max(claim_status, file_date), arg_min(claim_status, file_date), count(*) FROM medical_claim
        WHERE adjustment_type = 'original' GROUP BY claim_id, claim_line_number HAVING count(DISTINCT claim_status) > 1""")
    assert len(both) > 20 and {row[:2] for row in both} == {("paid", "pending")}


def test_nothing_is_told_before_it_happens(day):
    _, ask = day
    for table, moment in {"medical_claim": "received_date", "pharmacy_claim": "dispensing_date", "observation": "observation_date",
                          "immunization": "occurrence_date", "encounter": "encounter_end_date", "patient": "death_date"}.items():
        assert ask(f"SELECT count(*) FROM {table} WHERE {moment} > file_date") == [(0,)], table


def test_some_members_are_told_of_after_they_joined(day):
    _, ask = day
    late = ask("""SELECT count(*) FROM (SELECT person_id, enrollment_start_date, min(file_date) AS told FROM eligibility GROUP BY ALL)
        WHERE told > enrollment_start_date + 31 AND told > (SELECT min(file_date) FROM eligibility)""")
    assert late[0][0] > 0


def test_feeds_have_a_rhythm_and_one_payer_is_late():
    as_of, months = date(2026, 11, 22), 12
    made = schedule(["A", "B"], "B", as_of, months)
    ends = {feed: [d.end for d in made if d.feed == feed] for feed in ("A claims", "B claims", "MSO roster", "Clinical exchange")}
    assert (as_of - ends["A claims"][-1]).days < 31 and (as_of - ends["B claims"][-1]).days >= LATE_BY
    assert ends["Clinical exchange"][-2:] == [date(2026, 11, 21), as_of]
    assert set(month_ends(as_of, months)) <= set(ends["Clinical exchange"])
    assert all(len(days) >= months for days in ends.values())
    for feed in ends:
        mine = [d for d in made if d.feed == feed]
        assert [d.sequence for d in mine] == list(range(1, len(mine) + 1))
        assert all((later.start - before.end).days == 1 for before, later in pairwise(mine))
    assert [d.number for d in made] == list(range(1, len(made) + 1)) and [d.end for d in made] == sorted(d.end for d in made)
