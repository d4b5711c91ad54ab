"""A net under every test: a variable that a template of ours shows must exist."""

import sys
from pathlib import Path

from django.template.base import Node

OURS = str(Path(__file__).resolve().parent.parent / "templates")


class UnknownVariable(AssertionError):
    """A template shows a variable that its view did not give."""


class FailOnUnknown(str):
    """Stands for ``string_if_invalid``: fails in our own templates, is empty in others' ."""

    __slots__ = ()

    def __contains__(self, text):
        return text == "%s"

    def __mod__(self, variable):
        name = _template_in_hand()
        if name.startswith(OURS):
            raise UnknownVariable(f"{name.removeprefix(OURS)[1:]} shows {{{{ {variable} }}}}")
        return ""


def _template_in_hand():
    """Return the file of the node that is being rendered, found on the stack."""
    frame = sys._getframe(2)
    while frame:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return node.origin.name
        frame = frame.f_back
    return ""
