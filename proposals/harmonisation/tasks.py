"""Work of the harmonisation room behind the pages: overlaps of what was sent or changed."""

from django_tasks import task

from proposals.harmonisation.actions import finding


@task()
def find_overlaps() -> int:
    """Compare what is marked; what is left after a few seconds is the next job, behind others."""
    done = finding.find_due()
    if done and finding.waiting().exists():
        find_overlaps.enqueue()
    return done
