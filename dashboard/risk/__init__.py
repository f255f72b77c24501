"""Risk models as data and SQL: tables of measures/risk, scores of people by measures/risk/*.sql."""
