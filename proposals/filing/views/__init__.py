"""Pages of the filing room."""
