"""The elements of a page as Dash sends them: dictionaries. `html.Div(...)`, `dcc.Link(...)`, `dbc.Select(...)` as in Dash, at a tenth of the cost.

A list of fifty patients is 700 elements. Dash's own classes check every argument when an element is made and once more when it becomes
JSON; that was half of the processor time of a page. Here the names of the arguments are checked against Dash's class, once.
"""

import inspect

import dash_bootstrap_components
from dash import dcc as dash_dcc
from dash import html as dash_html

WILD = ("data-", "aria-")


class Element:
    """Makes {"props": ..., "type": ..., "namespace": ...}, which Dash's encoder and browser take like a component of theirs.

    The dictionary is a plain one: one of a class of ours takes twice the time to make and to encode.
    """
    known: frozenset[str] = frozenset()
    kind = namespace = ""

    def __new__(cls, children=None, **props) -> dict:
        """TypeError when the element has no such property."""
        if children is not None:
            props["children"] = children
        if not cls.known.issuperset(props):
            cls._refuse([name for name in props if name not in cls.known and not name.startswith(WILD)])
        return {"props": props, "type": cls.kind, "namespace": cls.namespace}

    @classmethod
    def _refuse(cls, unknown: list[str]) -> None:
        if unknown:
            raise TypeError(f"{cls.kind} has no {', '.join(unknown)}. It takes {', '.join(sorted(cls.known))}.")


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
