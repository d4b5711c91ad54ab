"""Room: check, score and recommend proposals."""
