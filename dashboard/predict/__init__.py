"""Prediction of admissions: huddleboard predict."""
