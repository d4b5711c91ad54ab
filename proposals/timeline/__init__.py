"""The history of a thing as people read it: who did what, when, from where, before and after.

``events_of(thing, children=[...])`` answers one page of it with three queries, however many
tables, people and changes it names; ``parts/_timeline.html`` shows it. Who may see the history of
a proposal is said by ``access.history_rows_for`` alone, before this is called.
"""

from proposals.timeline.reading import Child, events_of
from proposals.timeline.telling import Act, Change, Entry, Shown, Timeline

__all__ = ["Act", "Change", "Child", "Entry", "Shown", "Timeline", "events_of"]
