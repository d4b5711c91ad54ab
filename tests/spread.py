"""Which worker runs what: a folder whose tests share one long scene stays on one worker."""

from xdist.scheduler import LoadScopeScheduling

SHARED = ("tests/demo", "tests/advice")
"""Folders with a scene of their own: the example year, loaded once."""


class Scenes(LoadScopeScheduling):
    """Deal out the tests one by one, those of a shared scene together and first."""

    def _split_scope(self, nodeid):
        return next((folder for folder in SHARED if nodeid.startswith(f"{folder}/")), nodeid)


def pytest_xdist_make_scheduler(config, log):
    return Scenes(config, log)
