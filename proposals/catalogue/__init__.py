"""Room: lists, years, offices and people."""
