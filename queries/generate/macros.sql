-- Chance without a random generator: every draw is a hash of a key and a salt, so that a person's story depends on the seed and the id
-- alone, not on how many people are made, in which order, or on how many threads. DuckDB's hash of several arguments is correlated
-- between salts; the hash of the XOR of two hashes is not.

CREATE OR REPLACE MACRO key_of(key, salt) AS hash(xor(key, hash(salt)));

-- draw: even between 0 and 1.
CREATE OR REPLACE MACRO draw(key, salt) AS CAST(key_of(key, salt) >> 11 AS DOUBLE) / 9007199254740992;

-- draw_days: a whole number from 0 to days - 1.
CREATE OR REPLACE MACRO draw_days(key, salt, days) AS CAST(floor(draw(key, salt) * days) AS INTEGER);

-- bell: about normal with mean 0 and deviation 1 (three even draws).
CREATE OR REPLACE MACRO bell(key, salt) AS
    2 * (draw(key, salt) + draw(key, salt || ' 2') + draw(key, salt || ' 3') - 1.5);

-- one_of: an entry of a list.
CREATE OR REPLACE MACRO one_of(options, key, salt) AS options[1 + CAST(floor(draw(key, salt) * len(options)) AS INTEGER)];

-- age_at: completed years.
CREATE OR REPLACE MACRO age_at(birth_date, on_date) AS
    year(on_date) - year(birth_date) - CAST(32 * month(on_date) + day(on_date) < 32 * month(birth_date) + day(birth_date) AS INTEGER);

-- working_day: ambulatory care happens from Monday to Saturday.
CREATE OR REPLACE MACRO working_day(day) AS day + CAST(isodow(day) = 7 AS INTEGER);

-- clinic_day: the first day from this one on that clinics are open: Monday to Friday but for New Year, Independence Day, Thanksgiving and Christmas.
CREATE OR REPLACE MACRO is_clinic_day(day) AS isodow(day) <= 5 AND strftime(day, '%m-%d') NOT IN ('01-01', '07-04', '12-25')
    AND NOT (month(day) = 11 AND isodow(day) = 4 AND dayofmonth(day) BETWEEN 22 AND 28);
CREATE OR REPLACE MACRO clinic_day(day) AS CAST(day AS DATE) + list_filter([0, 1, 2, 3, 4, 5], lambda later: is_clinic_day(CAST(day AS DATE) + later))[1];

-- visit_minutes: when a visit begins, in minutes of the day in UTC; from 8 to 15:30 in California in winter.
CREATE OR REPLACE MACRO visit_minutes(event_key) AS 960 + 15 * draw_days(event_key, 'time', 31);

-- source_type: a code system's name in the contract.
CREATE OR REPLACE MACRO source_type(code_system) AS CASE code_system WHEN 'SNOMEDCT' THEN 'snomed-ct' WHEN 'ICD10CM' THEN 'icd-10-cm' ELSE lower(code_system) END;

-- npi: ten digits with the right check digit; they begin with 2, a range from which no number has been given out.
CREATE OR REPLACE MACRO npi_digits(stem) AS list_transform(string_split('80840' || stem, ''), lambda digit: CAST(digit AS INTEGER));
CREATE OR REPLACE MACRO npi(stem) AS stem || CAST((10 - list_sum(list_transform(npi_digits(stem),
    lambda digit, place: CASE WHEN place % 2 = 0 THEN CASE WHEN digit > 4 THEN digit * 2 - 9 ELSE digit * 2 END ELSE digit END)) % 10) % 10 AS VARCHAR);

-- mbi: the form of a Medicare number with S in the second place, which no real one has; digits and letters spell the id.
CREATE OR REPLACE MACRO spell(alphabet, number) AS alphabet[1 + CAST(number % len(alphabet) AS INTEGER)];
CREATE OR REPLACE MACRO mbi(id) AS '1S' || spell('0123456789', id) || spell('0123456789', id // 10) || spell('ACDEFGHJKMNPQRTUVWXY', id // 100) || '0'
    || spell('0123456789', id // 2000) || spell('ACDEFGHJKMNPQRTUVWXY', id // 20000) || spell('ACDEFGHJKMNPQRTUVWXY', id // 400000) || spell('0123456789', id // 8000000) || '0';
