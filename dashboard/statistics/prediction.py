"""How good predicted probabilities are: order (AUC, PPV at the top), size (calibration), both (Brier score).

Steyerberg EW et al., "Assessing the performance of prediction models", Epidemiology 2010;21:128-138. Van Calster B et al., "Calibration: the
Achilles heel of predictive analytics", BMC Medicine 2019;17:230 (calibration-in-the-large and slope). All take arrays of equal length:
`happened` of 0 and 1, `probability` within 0..1.
"""

import numpy

CLOSEST = 1e-9  # a probability of 0 or 1 has no log-odds


def log_odds(probability) -> numpy.ndarray:
    """ln(p / (1 - p)), kept finite."""
    p = numpy.clip(numpy.asarray(probability, float), CLOSEST, 1 - CLOSEST)
    return numpy.log(p / (1 - p))


def auc(happened, probability) -> float | None:
    """Chance that someone with the event had the higher probability than someone without; ties count half. None when nobody or everybody had it."""
    y, p = numpy.asarray(happened, bool), numpy.asarray(probability, float)
    events, others = int(y.sum()), int((~y).sum())
    if not events or not others:
        return None
    _, place, counts = numpy.unique(p, return_inverse=True, return_counts=True)
    last = numpy.cumsum(counts)
    rank = (last - (counts - 1) / 2)[place]  # the mean rank of equals
    return float((rank[y].sum() - events * (events + 1) / 2) / (events * others))


def brier(happened, probability) -> float:
    """Mean squared difference between probability and what happened; 0 is perfect."""
    return float(numpy.mean((numpy.asarray(probability, float) - numpy.asarray(happened, float)) ** 2))


def flagged(probability, share: float) -> numpy.ndarray:
    """True for the share of people with the highest probabilities, at least one; of equals at the border the first ones."""
    p = numpy.asarray(probability, float)
    top = numpy.argsort(-p, kind="stable")[: max(1, round(share * len(p)))]
    chosen = numpy.zeros(len(p), bool)
    chosen[top] = True
    return chosen


def ppv(happened, probability, share: float) -> tuple[int, int]:
    """Events among the flagged share, and how many are flagged."""
    chosen = flagged(probability, share)
    return int(numpy.asarray(happened)[chosen].sum()), int(chosen.sum())


def calibration(happened, probability) -> dict[str, float] | None:
    """intercept (calibration in the large: 0 is right, above 0 means predicted too low), slope (1 is right, below 1 means too extreme).

    The intercept comes from a logistic regression with the log-odds as offset, the slope from one with them as the only variable. None when
    nobody or everybody had the event, or all probabilities are one.
    """
    y, x = numpy.asarray(happened, float), log_odds(probability)
    if y.min(initial=1) == y.max(initial=0) or numpy.ptp(x) < CLOSEST:
        return None
    one = numpy.ones((len(x), 1))
    return {"intercept": float(_fit(one, y, x)[0]), "slope": float(_fit(numpy.column_stack([one, x]), y, 0.0)[1])}


def _fit(columns, y, offset) -> numpy.ndarray:
    """Coefficients of an unpenalised logistic regression by Newton's method, steps halved until the likelihood rises."""
    beta = numpy.zeros(columns.shape[1])
    for _ in range(100):
        p = 1 / (1 + numpy.exp(-(columns @ beta + offset)))
        information = columns.T @ (columns * (p * (1 - p))[:, None])
        step = numpy.linalg.lstsq(information, columns.T @ (y - p), rcond=None)[0]
        before = _likelihood(columns @ beta + offset, y)
        while _likelihood(columns @ (beta + step) + offset, y) < before and numpy.abs(step).max() > 1e-10:
            step = step / 2
        beta = beta + step
        if numpy.abs(step).max() < 1e-10:
            break
    return beta


def _likelihood(z, y) -> float:
    return float((y * z - numpy.logaddexp(0, z)).sum())
