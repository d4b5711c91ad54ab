"""Static files: what of the bundled packages is collected."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class Static(StaticFilesConfig):
    """Collect the files that pages use, not every build that Bootstrap and htmx ship."""

    ignore_patterns = [
        *("CVS", ".*", "*~"),
        *("*.rtl.*", "bootstrap-*", "*.esm.*", "bootstrap.css*", "bootstrap.js*"),
        *("bootstrap.min.js*", "bootstrap.bundle.js*"),
        *("htmx-4*", "htmax*", "ext"),
    ]
