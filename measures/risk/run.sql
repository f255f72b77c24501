-- `huddleboard risk`: the table `sent` and the view `diagnosis` by $release, step by step so that each is planned and written once.
CREATE OR REPLACE TEMP TABLE person AS FROM risk_members('sent', $release);
CREATE OR REPLACE TEMP TABLE placed AS FROM risk_placed('person', 'diagnosis');
