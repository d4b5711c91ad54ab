"""Room: decide at the desk."""
