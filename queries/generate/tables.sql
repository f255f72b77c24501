-- What data/reference/generate/*.csv hold: one table a file. The medicine of the synthetic people is said here and in the files;
-- the SELECTs beside this file know no disease, no drug and no code.

-- engagement: what the plan adds to that of its people.
CREATE OR REPLACE TABLE generate.plan (plan VARCHAR, payer VARCHAR, payer_type VARCHAR, product_line VARCHAR, weight INTEGER, contract_id VARCHAR, price_factor DOUBLE, engagement DOUBLE);
CREATE OR REPLACE TABLE generate.age_mix (product_line VARCHAR, from_age INTEGER, to_age INTEGER, weight INTEGER);
CREATE OR REPLACE TABLE generate.culture (culture VARCHAR, weight INTEGER, race VARCHAR, race_omb VARCHAR, ethnicity VARCHAR, ethnicity_omb VARCHAR,
    language VARCHAR, language_share DOUBLE);
CREATE OR REPLACE TABLE generate.name (culture VARCHAR, part VARCHAR, name VARCHAR);

-- shift: what the practice adds to the share of people who get steered care.
CREATE OR REPLACE TABLE generate.practice (practice INTEGER, practice_id VARCHAR, practice_name VARCHAR, group_id VARCHAR, group_name VARCHAR, city VARCHAR,
    zip_code VARCHAR, weight INTEGER, shift DOUBLE);
-- child_weight, adult_weight: share of the practice's people; specialists have no practice and no people of their own.
CREATE OR REPLACE TABLE generate.clinician (clinician INTEGER, practice INTEGER, first_name VARCHAR, last_name VARCHAR, specialty VARCHAR, child_weight INTEGER, adult_weight INTEGER);

-- Share of the people of an age and sex who have an illness, and not another (`without`). risk: how far the person's metabolic risk moves the share; recent: share with onset in the three years.
-- source: where the share is from; 'made up' where it is plausible, no more.
CREATE OR REPLACE TABLE generate.illness (illness VARCHAR, sex VARCHAR, from_age INTEGER, to_age INTEGER, without VARCHAR, share DOUBLE, risk DOUBLE, recent DOUBLE, source VARCHAR);

-- Who needs which care, and when: from an anchor (calendar = first day of the three years, birth, onset of the illness, or the end of another care) after
-- at_days and up to spread_days more, not for who has the illness `without`, every_days, so many times (NULL: for ever). share of people who get it at all, kept = share of their turns that happen.
CREATE OR REPLACE TABLE generate.need (care VARCHAR, illness VARCHAR, sex VARCHAR, from_age INTEGER, to_age INTEGER, without VARCHAR, share DOUBLE, kept DOUBLE, anchor VARCHAR,
    at_days INTEGER, spread_days INTEGER, every_days INTEGER, times INTEGER, source VARCHAR);

-- What a care is. steer: how far it hangs on the person's engagement and on the practice; history: done before the three years, it stands in the chart.
-- reason, drg, disposition: lists of generate.code ('illness' = the person's own code); chart: the other illnesses are coded too; encounter: class in the chart.
CREATE OR REPLACE TABLE generate.care (care VARCHAR, steer DOUBLE, history BOOLEAN, form VARCHAR, place VARCHAR, bill_type VARCHAR, encounter VARCHAR, reason VARCHAR,
    chart BOOLEAN, stay_days INTEGER, drg VARCHAR, disposition VARCHAR, specialty VARCHAR);
CREATE OR REPLACE TABLE generate.line (care VARCHAR, line INTEGER, share DOUBLE, hcpcs VARCHAR, revenue VARCHAR, modifier VARCHAR, units INTEGER, price DOUBLE);
CREATE OR REPLACE TABLE generate.vaccine (care VARCHAR, product VARCHAR);
-- short: a fill for a short time, not one of a long treatment.
CREATE OR REPLACE TABLE generate.fill (care VARCHAR, drug VARCHAR, quantity_per_day DOUBLE, price_per_day DOUBLE, short BOOLEAN);

-- What is measured. median and the spreads (of logarithms) between people and between one person's readings; words: list of generate.code instead of a number.
CREATE OR REPLACE TABLE generate.reading (care VARCHAR, test VARCHAR, share DOUBLE, panel VARCHAR, kind VARCHAR, code VARCHAR, unit VARCHAR, median DOUBLE,
    spread_person DOUBLE, spread_reading DOUBLE, floor DOUBLE, ceiling DOUBLE, decimals INTEGER, words VARCHAR);
-- Bodies: medians of height and body mass index by sex and age; the tests 'height', 'BMI' and 'weight' are measured in these;
-- pressure: share of an adult's blood pressure.
CREATE OR REPLACE TABLE generate.body (sex VARCHAR, from_age INTEGER, to_age INTEGER, height DOUBLE, height_spread DOUBLE, bmi DOUBLE, pressure DOUBLE, source VARCHAR);
-- What an illness, by its code, makes of a result: the median is multiplied.
CREATE OR REPLACE TABLE generate.altered (code VARCHAR, test VARCHAR, factor DOUBLE, source VARCHAR);

-- Results that are billed as codes too.
CREATE OR REPLACE TABLE generate.result_code (test VARCHAR, line INTEGER, from_value DOUBLE, to_value DOUBLE, hcpcs VARCHAR, share DOUBLE);

-- What the chart of a person without a plan tells of a visit beside its readings. care: NULL for every visit. Items of one `chance` share
-- a draw: an item is there where the draw lies between its shares, so that items exclude one another or follow one another. illness, without: only who has it,
-- or has not; test: only after a reading from a value to below another. form: assessment, procedure, order or prescription. code, answer, reason: lists of generate.code.
CREATE OR REPLACE TABLE generate.charted (care VARCHAR, item VARCHAR, chance VARCHAR, from_share DOUBLE, to_share DOUBLE, illness VARCHAR, without VARCHAR, sex VARCHAR,
    from_age INTEGER, to_age INTEGER, test VARCHAR, from_value DOUBLE, to_value DOUBLE, form VARCHAR, code VARCHAR, answer VARCHAR, reason VARCHAR, source VARCHAR);

-- What plans say of their members by a rule of their own, simpler than ours: whom they count at the end of the year, if ill with `illness` by four weeks
-- before the list, not with `without`, and enrolled for so many days before the year; and by which care of so many days before the year's end.
-- service: the line of generate.line that the claim must hold, NULL for any; of each service that stands at a measure there must be one.
-- test: the laboratory result that tells a plan of it before the claim does, where the plan has results of the laboratory.
CREATE OR REPLACE TABLE generate.plan_measure (measure VARCHAR, sex VARCHAR, from_age INTEGER, to_age INTEGER, illness VARCHAR, without VARCHAR, enrolled_days INTEGER);
CREATE OR REPLACE TABLE generate.plan_service (measure VARCHAR, care VARCHAR, days INTEGER, service VARCHAR, test VARCHAR);

-- Lists of codes; an entry is drawn by its weight.
CREATE OR REPLACE TABLE generate.code (name VARCHAR, code_system VARCHAR, code VARCHAR, weight INTEGER);

-- Published rates (in percent) that the rates of a build come near to: tests/generate/test_funnel.py holds them against each other.
CREATE OR REPLACE TABLE generate.published (measure_id VARCHAR, rate VARCHAR, product_line VARCHAR, published DOUBLE, source VARCHAR);

CREATE OR REPLACE TABLE generate.facility (facility INTEGER, kind VARCHAR, name VARCHAR);

-- Deliveries, made by deliveries.py: what became known of a feed from one day to another comes with the file of file_date.
-- next_delivery, next_file_date: the one after it in its feed, NULL for the last.
CREATE OR REPLACE TABLE generate.delivery (delivery INTEGER, feed VARCHAR, kind VARCHAR, sequence INTEGER, from_date DATE, to_date DATE, file_date DATE,
    next_delivery INTEGER, next_file_date DATE);

-- data/reference/ndc.csv
CREATE OR REPLACE TABLE generate.ndc (ndc VARCHAR, rxnorm VARCHAR, concept VARCHAR, source VARCHAR);
