"""How rows are kept by every room that writes them: versions seen, refusals in words, flags."""
