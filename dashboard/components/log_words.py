"""What a row of the audit log tells beside who did what to whom, in words."""

from dashboard.components.words import count

WORDS = {"show": "list {}", "rate": "measure {}", "measure": "measure {}", "account": "account {}", "role": "role {}",
         "before": "before: {}", "sheet": "sheet {}", "reason": "reason {}",
         "cohort": "cohort {}", "until": "until {}", "kind": "{}", "change": "{}", "answer": "{}", "word": "{}", "what": "{}",
         "outcome": "{}", "names": "names {}"}
FLAGS = {"proposed": ("", "proposed"), "done": ("not done", "done"), "sensitive": ("", "sensitive services shown")}
COUNTS = {"people": ("patient", "patients"), "rows": ("row", "rows"), "count": ("scope", "scopes")}


def who_words(row) -> str:
    """The user; where nobody was signed in, the command line, which alone changes accounts so, or somebody at the door."""
    return row.username or ("command line" if row.action == "account changed" else "not signed in")


def detail_words(detail: dict) -> str:
    """account support, scope added, practice PR06: filters, counts and ids of accounts, as the log keeps them."""
    known = {name: value for name, value in detail.items() if value not in ("", None)}
    if "kind" in known:
        known["kind"] = f"{known['kind']} {known.pop('value', '')}".strip()
    return ", ".join(words for words in (_words(name, value) for name, value in known.items()) if words)


def _words(name: str, value) -> str:
    if name in COUNTS and isinstance(value, int):
        return count(value, *COUNTS[name])
    if name in FLAGS:
        return FLAGS[name][bool(value)]
    return WORDS.get(name, f"{name} {{}}").format(str(value).replace("_", " "))
