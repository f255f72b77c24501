"""Do the resources have the shape that is read? Checked on the JSON itself, because a typed read turns what does not fit into NULL."""

from dashboard.intake.fhir_r4 import shapes
from dashboard.intake.ledger import literal


def check(connection, resource_type: str) -> list[tuple[int, str, int, int]]:
    """Set misshapen resources of a type aside; give the fields that no adapter reads."""
    set_misshapen_aside(connection, resource_type)
    return unread_fields(connection, resource_type)


def set_misshapen_aside(connection, resource_type: str) -> None:
    """Move resources that hold text where an object or a list belongs (or the reverse) to `unreadable`."""
    wanted = shapes.containers(resource_type)
    kinds = f"json_type(text, {list(wanted)})"
    of_type = f"resource_type = {literal(resource_type)}"
    for found, in connection.execute(f"SELECT DISTINCT {kinds} FROM line WHERE {of_type}").fetchall():
        wrong = [(path, kind, seen) for (path, kind), seen in zip(wanted.items(), found, strict=True) if seen not in (None, "NULL", kind)]
        if not wrong:
            continue
        path, kind, seen = wrong[0]
        place = resource_type + path.removeprefix("$").replace("[0]", "")
        connection.execute(f"""
            INSERT INTO unreadable
            SELECT file_index, row_number, 'wrong_shape', {literal(f"{place} is {seen.lower()}")}, {literal(f"send {place} as {kind.lower()}")}
            FROM line WHERE {of_type} AND {kinds} IS NOT DISTINCT FROM $found""", {"found": found})
        connection.execute(f"UPDATE line SET resource_type = NULL, text = NULL WHERE {of_type} AND {kinds} IS NOT DISTINCT FROM $found",
                           {"found": found})


def unread_fields(connection, resource_type: str) -> list[tuple[int, str, int, int]]:
    """Fields that no adapter reads and no list knows: (file, field, resources, first row)."""
    known = shapes.known_fields(resource_type)
    rows = connection.execute(f"""
        SELECT file_index, field, count(*), min(row_number)
        FROM (SELECT file_index, row_number, unnest(json_keys(text)) AS field FROM line WHERE resource_type = {literal(resource_type)})
        GROUP BY ALL ORDER BY ALL""").fetchall()
    return [row for row in rows if row[1].removeprefix("_") not in known]
