"""Data health: what arrived, what is late by its own rhythm, what was refused and how to cure it. Counts only, no people."""

import dash

from dashboard.access import current_viewer, rules
from dashboard.access.selection import address
from dashboard.components.elements import dcc, html
from dashboard.components.files import file_words
from dashboard.components.listing import listed
from dashboard.components.roll_up import per_cent
from dashboard.components.states import empty
from dashboard.components.table import table
from dashboard.components.words import count, day, sentence
from dashboard.queries import ask
from dashboard.web import held
from dashboard.web.disagreements import board as board_of_remarks

# Code systems in which care itself is coded; the others say where and how it was billed.
CLINICAL = {
    "ICD10CM": "ICD-10-CM",
    "ICD9CM": "ICD-9-CM",
    "ICD10PCS": "ICD-10-PCS",
    "HCPCS": "CPT and HCPCS",
    "LOINC": "LOINC",
    "NDC": "NDC",
    "RXNORM": "RxNorm",
    "CVX": "CVX",
    "SNOMEDCT": "SNOMED CT",
    "local": "the sender's own",
}
FAULTS = {
    "held": "Known from claims or records only, without birth date and sex: not counted",
    "no clinician": "On nobody's panel",
    "no enrolment": "Without plan enrolment: counted by visits only",
}


LINES = 100  # of a plan, below which how long its claims take is not told


def layout(**_):
    """The screen. Names no person; an administrator may see it too."""
    viewer = current_viewer("data_health")
    feeds = ask("feed_board", viewer)
    if not feeds:
        return html.Div([html.H1("Data health"), empty("No file has arrived yet.")], className="page")
    return html.Div(
        [
            heading(feeds),
            html.P(dcc.Link("Plans' own rates beside ours", href=address("/reconcile"), className="chip")) if viewer.may_open("reconcile") else None,
            late(feeds),
            kept_back(held.rows(), viewer.role == "administrator"),
            board(feeds),
            board_of_remarks(viewer) if viewer.role in rules.PEOPLE else None,
            rejects(ask("rejects", viewer)),
            warnings(ask("warnings", viewer)),
            unmapped(ask("unmapped", viewer)),
            faults(ask("person_faults", viewer)),
            lags(ask("claim_lags", viewer, least=LINES)) if viewer.role in rules.PEOPLE else None,
            changes(ask("change_split", viewer, rate="", plan_key="all"), versions_by_slug(viewer)) if viewer.role in rules.PEOPLE else None,
            versions(ask("measure_versions", viewer)),
        ],
        className="page",
    )


def heading(feeds: list) -> html.H1:
    """1 of 6 feeds is late, 2 of 28 kinds of file: feeds as the line of every page counts them."""
    names, late_names = {feed.feed for feed in feeds}, {feed.feed for feed in feeds if feed.late_days}
    number, files = len(late_names), sum(bool(feed.late_days) for feed in feeds)
    if not any(feed.usual_days for feed in feeds):
        return html.H1([html.Strong(f"{len(names):,}"), " feeds received, how often each comes is not known yet"])
    if not number:
        return html.H1([html.Strong(f"{len(names):,}"), " feeds, none late by its own rhythm"])
    return html.H1([html.Strong(f"{number:,}"), f" of {len(names):,} feeds {'is' if number == 1 else 'are'} late",
                    html.Span(f", {files:,} of {len(feeds):,} kinds of file", className="quiet")])


def rhythm_words(days: float) -> str:
    """every 31 days."""
    return "every day" if round(days) <= 1 else f"every {days:.0f} days"


def late(feeds: list) -> html.Ul | None:
    """Plan C medical claims are 9 days late (usual: 3)."""
    kept = sorted((feed for feed in feeds if feed.late_days), key=lambda feed: -feed.late_days)
    return (
        html.Ul(
            [
                html.Li(
                    [
                        html.Span("late", className="late"),
                        f" {feed.feed} ({file_words(feed.table_name).lower()}) are {feed.late_days:.0f} days late "
                        f"(usual: {rhythm_words(feed.usual_days)}).",
                    ]
                )
                for feed in kept
            ],
            className="notes",
        )
        if kept
        else None
    )


def kept_back(rows: list[str], decides: bool) -> html.Section | None:
    """The rows of the file for which publishing waits, and what the one who decides may do."""
    if not rows:
        return None
    told = "Look at the file. `huddleboard versions --accept` publishes it all the same; a better file of the same delivery takes its place."
    return html.Section([html.H2("Rows of the file that waits"), html.Ul([html.Li(row) for row in rows], className="notes"),
                         html.P(told, className="note") if decides else None])


def board(feeds: list) -> html.Section:
    """One line a feed and kind of file, the late ones first: when it came last, whether that is on time, and how much was refused."""
    ordered = sorted(feeds, key=lambda feed: (-(feed.late_days or 0), feed.feed, file_words(feed.table_name)))
    heads = [*((words, "") for words in ("Feed", "File", "Last came", "Standing", "How often")), ("Rows", "number"), ("Refused", "number")]
    return html.Section([html.H2("What arrived"), listed("Newest file of each feed and kind", heads, [_arrived(feed) for feed in ordered])])


def _arrived(feed) -> list:
    late_words = html.Span(count(round(feed.late_days), "day late", "days late"), className="late") if feed.late_days else ""
    return [feed.feed, file_words(feed.table_name), day(feed.received_at), late_words or ("on time" if feed.usual_days else "not known yet"),
            rhythm_words(feed.usual_days) if feed.usual_days else "not known yet", f"{feed.row_count:,}",
            f"{feed.rejected_rows:,}" if feed.rejected_rows else ""]


def rejects(rows: list) -> html.Section:
    """Rows refused, by rule, with the cure."""
    if not rows:
        return html.Section([html.H2("No row was refused")])
    total = sum(row.row_count for row in rows)
    return html.Section(
        [
            html.H2(f"{count(total, 'row was', 'rows were')} refused"),
            table(
                "Rows refused, by rule",
                ["What is wrong", "Rows", "Cure", "From", "First seen"],
                [
                    [
                        sentence(row.wrong),
                        f"{row.row_count:,}",
                        sentence(row.cure),
                        f"{row.feed}, {file_words(row.table_name).lower()}",
                        f"{row.file_name} row {row.first_row:,}",
                    ]
                    for row in rows
                ],
                numbers=(1,),
                stacks=True,
            ),
        ]
    )


def warnings(rows: list) -> html.Section | None:
    """Rows read with a doubt or in another way than sent, by rule: what somebody can act on, and, folded, what takes its usual course."""
    if not rows:
        return None
    to_do, usual = [row for row in rows if not _needs_nothing(row)], [row for row in rows if _needs_nothing(row)]
    return html.Section(
        [
            html.H2("Rows read with a doubt" if to_do else "No row was read with a doubt"),
            html.P("Counted when everything is built anew, at least once a day.", className="note"),
            _warned("Rows read with a doubt, by rule", to_do) if to_do else None,
            _usual(usual) if usual else None,
        ]
    )


def _usual(rows: list) -> html.Details:
    summary = html.Summary(f"Altered or replaced, nothing to do ({len(rows):,})")
    return html.Details([summary, _warned("Rows altered or replaced, by rule", rows)], className="folded")


def _needs_nothing(row) -> bool:
    return row.cure.startswith("nothing")


def _warned(caption: str, rows: list) -> html.Div:
    return table(caption, ["What was found", "Rows", "What to do", "From", "First seen"], [_warning(row) for row in rows], numbers=(1,), stacks=True)


def _warning(row) -> list:
    feed = row.feed or row.data_source
    return [
        sentence(row.wrong),
        f"{row.row_count:,}",
        sentence(row.cure),
        f"{feed}, {file_words(row.table_name).lower()}" if row.table_name else feed,
        f"{row.file_name} row {row.first_row:,}" if row.first_row else row.file_name,
    ]


def unmapped(rows: list) -> html.Section:
    """Codes of care that no measure looks for: most are other care, some are a new code or a sender's own."""
    kept = [row for row in rows if row.code_system in CLINICAL and row.unmapped_codes]
    if not kept:
        return html.Section([html.H2("Every code is known")])
    body = [
        [
            f"{row.data_source}, {file_words(row.table_name).lower()}",
            CLINICAL[row.code_system],
            f"{row.unmapped_codes:,} of {row.codes:,}",
            f"{row.unmapped_rows:,} of {row.row_count:,}",
            f"{100 * row.unmapped_rows / row.row_count:.0f} %",
        ]
        for row in kept
    ]
    return html.Section(
        [
            html.H2("Codes that no measure looks for"),
            html.P("Most of them are other care. A high share in one feed alone, or the sender's own codes, is worth a question.", className="note"),
            table("Codes that no measure looks for", ["Feed", "Code system", "Codes", "Rows", "Share"], body, numbers=(2, 3, 4), stacks=True),
        ]
    )


def faults(rows: list) -> html.Section:
    """People who cannot be counted, or not in full."""
    body = [[FAULTS.get(row.fault, row.fault), row.data_source, f"{row.people:,} of {row.of_people:,}"] for row in rows if row.people]
    if not body:
        return html.Section([html.H2("Everybody could be matched")])
    return html.Section(
        [html.H2("People not matched in full"), table("People not matched in full", ["What is missing", "Source", "People"], body, numbers=(2,))]
    )


def lags(rows: list) -> html.Section | None:
    """How long claims take, by plan, with what came of the rule on later months: until then a gap may be done and not show."""
    if not rows:
        return None
    body = [_lag(row) for row in rows]
    return html.Section([
        html.H2("How long claims take"),
        html.P("Learnt from services of nine to twelve months ago, tested on those of six to nine months ago: near 90 in a hundred is right.",
               className="note"),
        table("How long claims take", ["Plan", "Half within", "Nine of ten within", "Learnt from lines", "Came true later", "Tested on lines"], body,
              numbers=(1, 2, 3, 4, 5), stacks=True)])


def _lag(row) -> list:
    true = per_cent(row.foretold_lines / row.tested_lines, 1) if row.tested_lines else "no later claims yet"
    return [row.plan or row.payer, f"{row.half_days:,} days", f"{row.most_days:,} days", f"{row.learnt_lines:,}", true, f"{row.tested_lines:,}"]


def versions_by_slug(viewer) -> dict[str, str]:
    """Slug -> title of the rates that count anybody."""
    return {row.slug: row.title for row in ask("rates", viewer, line="")}


def changes(rows: list, titles: dict[str, str]) -> html.Section:
    """Measures that ask for something else than at the month before, with whom it moved; change_split tells of units, which mostly are patients."""
    moved = [row for row in rows if row.rules_joined + row.rules_gone + row.rules_closed + row.rules_opened and row.slug in titles]
    since = f" since {day(rows[0].as_of)}" if rows else ""
    pending = html.P("A change that is not in force yet is on no file: cards change with the program, and it shows here from the month it counts.",
                     className="note")
    if not moved:
        return html.Section([html.H2(f"No measure asks for something else{since}"), pending])
    body = [[titles[row.slug], *(f"{number:,}" for number in (row.rules_joined, row.rules_gone, row.rules_closed, row.rules_opened)),
             f"{100 * row.rules:+.1f}"] for row in moved]
    heads = ["Measure", "Let in", "Let out", "Closed by it", "Open again by it", "Points"]
    return html.Section([
        html.H2(f"{count(len(moved), 'measure asks', 'measures ask')} for something else{since}"), pending,
        table("Measures whose rules changed, with whom it moved", heads, body, numbers=(1, 2, 3, 4, 5))])


def versions(rows: list) -> html.Details:
    """Which version of each measure is counted."""
    body = [[f"{row.measure_id} {row.variant}", row.title, row.release or "", row.source or "", row.unconfirmed or ""] for row in rows]
    return html.Details(
        [
            html.Summary(f"Measure versions ({len(rows):,})"),
            table("Measure versions", ["Measure", "Title", "Release", "Source", "Not confirmed"], body),
        ],
        className="folded",
    )


dash.register_page(__name__, path="/data-health", name="Data health", title="Data health - Huddleboard", layout=layout, pickers=())
