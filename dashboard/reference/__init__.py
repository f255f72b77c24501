"""Reference data: value sets, units, drug codes and programmes, loaded into schema `reference`."""
