"""Room: compare proposals and join them."""
