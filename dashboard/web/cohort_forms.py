"""What the screen Cohorts sends: keep, share, stop sharing, remove. Answers with a redirect and one line to read."""

from flask import abort, request, session
from flask import redirect as to
from flask_login import current_user

from dashboard.access import audit, rules
from dashboard.cohorts import saved
from dashboard.errors import Fault

PATH, SCREEN = "/cohorts/change", "/cohorts"


def change_cohorts():
    """A user's change of an own cohort; another's is not there for them."""
    viewer = current_user._get_current_object()
    if not rules.may_open(viewer.role, "cohorts"):
        audit.note(viewer, "refused", page="cohorts")
        abort(404)
    change, identity = request.form.get("change", ""), request.form.get("cohort", "")[:12]
    if change == "keep":
        return _keep(viewer)
    if change not in ("share", "unshare", "remove"):
        abort(404)
    if not saved.change(viewer, identity, shared={"share": True, "unshare": False}.get(change), removed=change == "remove"):
        audit.note(viewer, "refused", page="cohorts")
        abort(404)
    audit.note(viewer, "cohort changed", page="cohorts", change=change, cohort=identity)
    return _told({"share": "Shared. Everybody sees their own patients in it.", "unshare": "No longer shared.", "remove": "Removed."}[change])


def _keep(viewer):
    try:
        identity = saved.keep(viewer, request.form.get("name", "")[:120], request.form.get("who", "")[:2_000], request.form.get("shared") == "yes")
    except Fault as fault:
        return _told(f"Not kept: {fault.found} {fault.cure}".strip())
    audit.note(viewer, "cohort changed", page="cohorts", change="keep", cohort=identity)
    return _told("Kept.")


def _told(line: str):
    session["told"] = line
    return to(SCREEN)
