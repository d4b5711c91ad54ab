"""Forms of the filing room: they turn words into clean values and write nothing."""
