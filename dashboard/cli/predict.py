"""huddleboard predict: train a model of admissions, score everybody, show the model card."""

from pathlib import Path

from dashboard.cli.options import a_date, add_home, home_of
from dashboard.errors import Fault


def add_parser(subparsers) -> None:
    parser = subparsers.add_parser(
        "predict", description="Predict inpatient admission and emergency visits in the next 12 months, from this home's own extracts.")
    steps = parser.add_subparsers(metavar="STEP", required=True)
    for name, does, handler in (("train", "learn from one year, judge by the next, write the model card", train),
                                ("score", "score everybody; the next build shows it", score),
                                ("report", "the model card of the model in use", report)):
        step = steps.add_parser(name, help=does, description=does)
        add_home(step)
        if name == "report":
            step.add_argument("--out", type=Path, metavar="FILE", help="F.md or F.html instead of the screen")
        else:
            step.add_argument("--as-of", type=a_date, metavar="DATE", help="last day of service that counts (default: today)")
        if name == "train":
            step.add_argument("--seed", type=int, default=None, help="of folds and trees (default: the one in the code)")
        step.set_defaults(handler=handler)


def train(arguments) -> None:
    """Fits, judges, keeps; says in words where no scores will be shown."""
    from dashboard.predict import run
    for line in run.train_and_keep(home_of(arguments), arguments.as_of, arguments.seed):
        print(line)


def score(arguments) -> None:
    """Scores by the model in use and publishes the file for the next build."""
    from dashboard.predict import run
    for line in run.score_and_keep(home_of(arguments), arguments.as_of):
        print(line)


def report(arguments) -> None:
    """The card as Markdown on the screen, or as a file."""
    from dashboard.predict.page import as_html
    from dashboard.predict.store import read_card
    _, card, words = read_card(home_of(arguments))
    out = arguments.out
    if out is None:
        print(words)
    elif out.suffix == ".md":
        out.write_text(words, encoding="utf-8")
    elif out.suffix == ".html":
        out.write_text(as_html(words, f"Model card as of {card['as_of']}"), encoding="utf-8")
    else:
        raise Fault(out, f"no format for {out.suffix or 'a file without ending'}.", "End it in .md or .html.")
