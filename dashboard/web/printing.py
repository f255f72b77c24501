"""The print button of a screen: the browser prints, and the log keeps who printed which sheet."""

from collections.abc import Callable

from dash import Input, Output, State, callback, clientside_callback

from dashboard.access import audit, current_viewer
from dashboard.given import short_text


def printing(page: str, sheet: Callable | None = None) -> None:
    """Register what the button `<page>-print` does; the page has hidden places `<page>-printed` and `<page>-told`.

    sheet: of a screen with an id on paper, kept in the store `<page>-sheet`: (viewer, what was sent) -> the id as the log keeps it.
    """
    name = page.replace("_", "-")
    store = [State(f"{name}-sheet", "data")] if sheet else []

    @callback(Output(f"{name}-told", "children"), Input(f"{name}-print", "n_clicks"), *store, State("_pages_location", "search"),
              prevent_initial_call=True)
    def tell_of_printing(clicks, *sent):
        viewer = current_viewer(page)
        if clicks:
            audit.note(viewer, "printed", page=page, **({"sheet": sheet(viewer, sent[0])} if sheet else {}))

    clientside_callback("function (clicks) { if (clicks) { window.print(); } return ''; }",
                        Output(f"{name}-printed", "children"), Input(f"{name}-print", "n_clicks"), prevent_initial_call=True)


def sheet_id(_viewer, sent) -> str:
    """An id of `audit.sheet_id` as a browser sent it back; "" for what cannot be one."""
    return short_text(sent, 8) if str(sent).replace("-", "").isalnum() else ""
