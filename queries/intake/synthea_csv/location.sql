-- one row per organization
SELECT row_number, Id AS location_id, NAME AS name, 'organization' AS facility_type, ADDRESS AS address, CITY AS city, STATE AS state, ZIP AS zip_code,
    LAT AS latitude, LON AS longitude
FROM arrived
