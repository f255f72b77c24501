"""What became of what was sent: for people as text, for programs as JSON."""

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Problem:
    """Why a file was refused or a delivery held: place (file, row or column), rule, what was found, what would cure it."""
    place: str
    rule: str
    found: str
    cure: str

    def __str__(self) -> str:
        return f"{self.place}: {self.found} [{self.rule}] {self.cure}"


class Refused(Exception):
    """A delivery that cannot be taken in as it is: all its problems."""

    def __init__(self, problems: list[Problem]):
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class Warning:
    """What was altered, left or is doubtful, counted per file."""
    file_name: str
    table_name: str | None
    rule: str
    rows: int
    first_row: int | None
    found: str
    cure: str


@dataclass
class DeliveryReport:
    """One delivery. status: accepted, refused, held, duplicate, waiting, or checked (a dry run that would be accepted)."""
    place: str
    data_source: str = ""
    feed: str = ""
    format: str = ""
    delivery_no: int | None = None
    sequence: int | None = None
    status: str = "accepted"
    files: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    unreadable: int = 0
    replaced_files: int = 0
    rejects: dict[str, dict[str, int]] = field(default_factory=dict)
    not_used: dict[str, int] = field(default_factory=dict)
    new_people: int = 0
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Warning] = field(default_factory=list)

    @property
    def row_count(self) -> int:
        """Rows that were written."""
        return sum(self.rows.values())

    def lines(self) -> list[str]:
        """The delivery in words, a few lines."""
        number = f" as delivery {self.delivery_no}" if self.delivery_no is not None else ""
        text = [f"{self.place}: {self.status}{number} ({self.format or 'unknown format'}, source {self.data_source or '?'}, {self.files} files)"]
        if self.rows:
            text.append("  rows: " + ", ".join(f"{table} {count:,}" for table, count in sorted(self.rows.items())))
        if self.new_people:
            text.append(f"  new people: {self.new_people:,}")
        if self.unreadable:
            text.append(f"  unreadable rows, listed in valid.reject after a build: {self.unreadable:,}")
        if self.replaced_files:
            text.append(f"  stands in place of {self.replaced_files} files sent before")
        text += [f"  the next build refuses: {table} {rule} {rows:,}" for table, rules in self.rejects.items() for rule, rows in rules.items()]
        if self.not_used:
            text.append("  no measure uses: " + ", ".join(f"{name} {count:,}" for name, count in sorted(self.not_used.items())))
        text += [f"  {w.rule}: {w.file_name}, {w.rows:,} rows, first {w.first_row}: {w.found} {w.cure}".rstrip() for w in self.warnings]
        return text + [f"  {problem}" for problem in self.problems]


@dataclass
class IntakeReport:
    """All deliveries of one call."""
    deliveries: list[DeliveryReport] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Was nothing refused?"""
        return not any(d.status == "refused" for d in self.deliveries)

    @property
    def accepted(self) -> list[DeliveryReport]:
        """The deliveries that now stand."""
        return [d for d in self.deliveries if d.status == "accepted"]

    def as_dict(self) -> dict:
        """For --json."""
        return {"ok": self.ok, "deliveries": [asdict(d) for d in self.deliveries]}

    def __str__(self) -> str:
        return "\n".join(line for delivery in self.deliveries for line in delivery.lines())
