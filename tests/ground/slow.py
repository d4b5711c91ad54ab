"""A job that takes a while: long enough to be killed in the middle."""

import time

from django_tasks import task


@task()
def sleep(seconds):
    time.sleep(seconds)
