-- Names of the clinicians of panels within reach: for those who may compare named colleagues
SELECT CAST(panel AS VARCHAR) AS place, coalesce(name, clinician_npi, 'Nobody') AS name FROM mart.clinician WHERE panel IN (SELECT unnest($panels))
