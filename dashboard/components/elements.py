"""The elements of a page as Dash sends them: dictionaries. `html.Div(...)`, `dcc.Link(...)`, `dbc.Select(...)` as in Dash, at a tenth of the cost.

A list of fifty patients is 700 elements. Dash's own classes check every argument when an element is made and once more when it becomes
JSON; that was half of the processor time of a page. Here the names of the arguments are checked against Dash's class, once.
"""

import inspect

import dash_bootstrap_components
from dash import dcc as dash_dcc
from dash import html as dash_html

WILD = ("data-", "aria-")


class Element(dict):
    """{"props": ..., "type": ..., "namespace": ...}, which Dash's encoder and browser take like a component of theirs."""
    known: frozenset[str] = frozenset()
    kind = namespace = ""

    def __init__(self, children=None, **props):
        """TypeError when the element has no such property."""
        if children is not None:
            props["children"] = children
        if not self.known.issuperset(props):
            self._refuse([name for name in props if name not in self.known and not name.startswith(WILD)])
        super().__init__(props=props, type=self.kind, namespace=self.namespace)

    def _refuse(self, unknown: list[str]) -> None:
        if unknown:
            raise TypeError(f"{self.kind} has no {', '.join(unknown)}. It takes {', '.join(sorted(self.known))}.")

    @property
    def children(self):
        """What stands between the tags; None for nothing."""
        return self["props"].get("children")


class Library:
    """The elements of one of Dash's libraries, each made at its first use."""

    def __init__(self, module):
        self._module = module

    def __getattr__(self, kind: str) -> type[Element]:
        real = getattr(self._module, kind)
        known = frozenset(inspect.signature(real.__init__).parameters) - {"self"}
        made = type(kind, (Element,), {"kind": kind, "namespace": real._namespace, "known": known})
        setattr(self, kind, made)
        return made


html, dcc, dbc = Library(dash_html), Library(dash_dcc), Library(dash_bootstrap_components)
