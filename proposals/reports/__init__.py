"""Room: recap, board of offices and files to download."""
