RECORD_SOURCE=None
def table_of(*a): return None
