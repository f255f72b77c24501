"""Huddleboard: care gaps of a physician's own patients, from extract -> valid -> coded -> evidence -> result -> mart to a page."""
