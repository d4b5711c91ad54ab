"""Room: write, complete and send proposals."""
