"""hccinfhir as the oracle of a score, and the faults of its that we do not copy (measures/risk/README.md names each)."""

from dataclasses import dataclass
from functools import cache

from hccinfhir.defaults import dx_to_cc_default, edits_default, hierarchies_default
from hccinfhir.model_calculate import calculate_raf

NAMES = {"V28": "CMS-HCC Model V28", "V24": "CMS-HCC Model V24", "RxHCC-V08": "RxHCC Model V08"}


@cache
def hierarchies():
    """Its table of RxHCC hierarchies is filed under a name that it never looks for; here it finds it."""
    return {(category, model.replace("Model R08", "Model V08")): dropped for (category, model), dropped in hierarchies_default.items()}


@dataclass(frozen=True)
class Answer:
    score: float
    categories: set[str]


def ask(model: str, person: dict, codes: list[str]) -> Answer:
    """What hccinfhir says of a person (a row of the file of members) with these codes."""
    result = calculate_raf(codes, NAMES[model], age=person["age"], sex=person["sex"], dual_elgbl_cd=person["dual_status"], orec=person["orec"],
                           crec=person["crec"], new_enrollee=person["new_enrollee"], snp=person["snp"], low_income=person["low_income"],
                           lti=person["lti"], hierarchies_mapping=hierarchies())
    return Answer(result.risk_score, set(result.hcc_list))


def known_fault(model: str, person: dict, codes: list[str]) -> str | None:
    """Which of its faults touches this person, if any."""
    if person["new_enrollee"]:
        if model == "RxHCC-V08":
            return "new enrollees of RxHCC get nothing: it looks for names that the table does not have"
        if person["lti"]:
            return "a new enrollee in an institution gets the coefficients of diseases and none of age"
        if 64 <= person["age"] <= 69 and (person["orec"] in "23" or person["crec"] in "23"):
            return "new enrollees with OREC or CREC 2 or 3 get nothing"
        return None
    if model == "RxHCC-V08" and person["orec"] == "1" and (person["age"] >= 65 or person["lti"]):
        return "originally disabled people of RxHCC get no coefficient for it"
    twice = {code for code in (c.upper().replace(".", "") for c in codes)
             if (code, NAMES[model]) in edits_default and len(dx_to_cc_default.get((code, NAMES[model]), ())) > 1}
    if twice and person["age"] < 15:
        return "a code of two categories loses only one by an edit"
    return None
