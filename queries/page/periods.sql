-- The measurement years that have results, newest first
SELECT DISTINCT period FROM mart.rate ORDER BY period DESC
