"""From how many patients on a rate is compared."""

MIN_DENOMINATOR = 30


def enough(denominator: int | None) -> bool:
    """Whether a rate over so many may be compared, ranked or drawn beside others.

    30 is the least denominator that NCQA calls statistically sound for practices and below which a HEDIS rate is not reported ("NA").
    Source: NCQA, FAQ 000019902 (PCSP), "a sample of 30 (or more ...) is expected to ensure statistical soundness",
    https://www.ncqa.org/programs/health-care-providers-practices/patient-centered-specialty-practice-recognition-pcsp/faqs/
    """
    return denominator is not None and denominator >= MIN_DENOMINATOR
