"""Room: what waits for each person."""
