"""The project: settings, addresses, the embedded database and the launcher of the demo."""
