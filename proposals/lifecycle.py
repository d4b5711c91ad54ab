"""The life of a proposal as a page for people: diagrams and tables drawn from the transitions."""

from collections.abc import Iterable

from proposals.enums import JointState, Status
from proposals.transitions import JOINT_TRANSITIONS, TRANSITIONS, JointTransition, Transition

HEADER = """# The life of a proposal

Drawn from `proposals/transitions.py` by `manage.py draw_lifecycle`; a test fails when this page is
stale. These are the stored values; docs/glossary.md gives the words on screen.
"""


def page() -> str:
    """Return docs/lifecycle.md."""
    return "\n".join(
        (
            HEADER,
            "## Proposals\n",
            _diagram(Status.DRAFT, TRANSITIONS.values()),
            _table(TRANSITIONS.values()),
            "## Joint programmes\n",
            _diagram(JointState.FORMING, JOINT_TRANSITIONS.values()),
            _joint_table(JOINT_TRANSITIONS.values()),
        )
    )


def _diagram(start: str, rows: Iterable[Transition] | Iterable[JointTransition]) -> str:
    arrows: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        for source in sorted(row.sources):
            arrows.setdefault((str(source), str(row.target)), []).append(str(row.action))
    drawn = [
        f"    {source} --> {target}: {', '.join(actions)}"
        for (source, target), actions in arrows.items()
    ]
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {start}", *drawn, "```", ""]
    return "\n".join(lines)


def _table(rows: Iterable[Transition]) -> str:
    lines = ["| action | from | to | who | needs |", "| --- | --- | --- | --- | --- |"]
    for row in rows:
        cells = (row.action, _list(row.sources), row.target, _list(row.by), _list(row.needs))
        lines.append(f"| {' | '.join(str(cell) for cell in cells)} |")
    return "\n".join(lines) + "\n"


def _joint_table(rows: Iterable[JointTransition]) -> str:
    lines = ["| action | from | to | who |", "| --- | --- | --- | --- |"]
    for row in rows:
        cells = (row.action, _list(row.sources), row.target, _list(row.by))
        lines.append(f"| {' | '.join(str(cell) for cell in cells)} |")
    return "\n".join(lines) + "\n"


def _list(words: Iterable[str]) -> str:
    return ", ".join(sorted(str(word) for word in words))
