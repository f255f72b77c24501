"""The models: a baseline, a logistic regression and gradient boosting, each deterministic by seed.

All give probabilities and, per person, what moved them (`drivers`). Of the logistic regression the contributions are exact: coefficient times the
distance from the mean person, in log-odds; with the mean person's log-odds they sum to the person's. Of boosting they are an approximation: how the
log-odds change when one feature at a time is set to the mean person's usual value (its median).
"""

import numpy
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import StratifiedKFold
from threadpoolctl import threadpool_limits

from dashboard.statistics.prediction import log_odds

SEED = 20261122
FOLDS = 5
BASELINE = ("age", "age_over_65", "female", "prior_stays")


class Logistic:
    """Logistic regression on standardised features, ridge penalty 1 (scikit-learn's usual one)."""
    name = "logistic regression"

    def fit(self, columns, values, happened) -> "Logistic":
        """values: people x columns; happened: 0 or 1 a person."""
        self.columns = tuple(columns)
        self.mean, deviation = values.mean(axis=0), values.std(axis=0)
        self.scale = numpy.where(deviation > 0, deviation, 1.0)
        fitted = LogisticRegression(C=1.0, max_iter=5000, tol=1e-8).fit((values - self.mean) / self.scale, happened)
        self.weight, self.start = fitted.coef_[0] / self.scale, float(fitted.intercept_[0])
        return self

    def probability(self, values) -> numpy.ndarray:
        """The chance of the event, one a row."""
        return 1 / (1 + numpy.exp(-(self.start + (values - self.mean) @ self.weight)))

    def drivers(self, values) -> numpy.ndarray:
        """people x columns: log-odds that each feature adds against the mean person."""
        return (values - self.mean) * self.weight


class Baseline(Logistic):
    """What age, sex and earlier stays alone foretell."""
    name = "baseline: age, sex, earlier stays"

    def fit(self, columns, values, happened) -> "Baseline":
        """As Logistic, of the four columns of BASELINE."""
        self.chosen = [list(columns).index(name) for name in BASELINE if name in columns]
        super().fit([columns[place] for place in self.chosen], values[:, self.chosen], happened)
        return self

    def probability(self, values) -> numpy.ndarray:
        """The chance of the event, one a row."""
        return super().probability(values[:, self.chosen])


class Boosting:
    """Histogram gradient boosting, its output put right by a logistic curve fitted on people whom the trees had not seen."""
    name = "gradient boosting"

    def __init__(self, seed: int = SEED):
        self.seed = seed

    def fit(self, columns, values, happened) -> "Boosting":
        """As Logistic. One thread: sums of floats depend on how many threads share them."""
        self.columns, self.usual = tuple(columns), numpy.median(values, axis=0)
        trees = HistGradientBoostingClassifier(max_iter=120, learning_rate=0.05, max_leaf_nodes=8, min_samples_leaf=40, l2_regularization=1.0,
                                               early_stopping=False, random_state=self.seed)
        with threadpool_limits(1):
            self.fitted = CalibratedClassifierCV(trees, method="sigmoid", cv=_folds(self.seed), ensemble=False).fit(values, happened)
        return self

    def probability(self, values) -> numpy.ndarray:
        """The chance of the event, one a row."""
        with threadpool_limits(1):
            return self.fitted.predict_proba(values)[:, 1]

    def drivers(self, values) -> numpy.ndarray:
        """people x columns: how the log-odds differ from those with the feature at its usual value."""
        whole, moved = log_odds(self.probability(values)), numpy.zeros(values.shape)
        for place in range(values.shape[1]):
            without = values.copy()
            without[:, place] = self.usual[place]
            moved[:, place] = whole - log_odds(self.probability(without))
        return moved


def _folds(seed: int) -> StratifiedKFold:
    return StratifiedKFold(FOLDS, shuffle=True, random_state=seed)


def losses(make, columns, values, happened, seed: int = SEED) -> numpy.ndarray:
    """Log loss of each fold on people that the fold's model had not seen."""
    return numpy.array([log_loss(happened[out], make().fit(columns, values[into], happened[into]).probability(values[out]), labels=[0, 1])
                        for into, out in _folds(seed).split(values, happened)])


def choose(columns, values, happened, seed: int = SEED):
    """The model to serve, fitted: boosting only where it beats the regression, whose drivers are exact, by more than a standard error.

    Judged within the people who teach; the test year has no say in it. One standard error: Hastie, Tibshirani and Friedman, The Elements
    of Statistical Learning, 2nd edition 2009, section 7.10. Gives the two fitted models, the chosen one first.
    """
    gain = losses(Logistic, columns, values, happened, seed) - losses(lambda: Boosting(seed), columns, values, happened, seed)
    fitted = [Logistic().fit(columns, values, happened), Boosting(seed).fit(columns, values, happened)]
    return fitted[::-1] if gain.mean() > gain.std(ddof=1) / numpy.sqrt(FOLDS) else fitted
