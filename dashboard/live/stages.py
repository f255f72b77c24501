"""Catalogs in which the very queries of a build run over other rows than those of the work database.

A stage has the layers' schemas and macros, and makes a relation with everything it reads when asked for it. What the published file keeps is
the ground that a stage stands on: as it was for the touched people (`before`), or as it is now for everybody (`everyone`).
"""

from pathlib import Path

from dashboard.build import macros, sql

# Made by the work database whole, whoever is touched.
WHOLE = {"extract.file", "extract.replaced_file", "extract.prediction_model", "history.past", "history.past_panel_set", "history.past_rule",
         "history.then_version", "history.then_rule", "valid.practitioner", "valid.location"}


class Stage:
    """A catalog of relations over other ground. ground: relation -> SELECT, None where the stage makes it. few: its rows are looked for once, in
    tables."""

    def __init__(self, connection, name: str, work: str, parameters: dict, queries: Path, ground, few: bool = False):
        self.name, self.work, self.parameters, self.ground, self.made = name, work, parameters, ground, set()
        self.ground_kind = "TABLE" if few else "VIEW"
        self.items = {item.full_name: item for layer in ("valid", "coded", "result", "history", "mart") for item in sql.relations(layer, queries)}
        connection.execute(f"ATTACH ':memory:' AS {name}; " + "; ".join(f"CREATE SCHEMA {name}.{schema}" for schema in macros.SCHEMAS))

    def make(self, cursor, relation: str) -> None:
        """The relation, and before it all that its query reads, on a cursor that runs nothing else."""
        if relation in self.made:
            return
        self.made.add(relation)
        if select := self.ground(relation):
            cursor.execute(f"CREATE {self.ground_kind} {self.name}.{relation} AS {select}")
        elif relation in WHOLE or relation.startswith("reference."):
            cursor.execute(f"CREATE VIEW {self.name}.{relation} AS FROM {self.work}.{relation}")
        else:
            item = self.items[relation]
            for name in sorted(sql.reads(cursor, item.text)):
                self.make(cursor, name)
            # Macros stand in the work database; the relations that they read are those of the stage, which comes first.
            cursor.execute(f"SET search_path = '{self.name}.main,{self.work}.main'")
            try:
                sql.create(cursor, item, self.parameters)
            finally:
                cursor.execute(f"USE {self.work}")
