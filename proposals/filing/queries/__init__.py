"""What the filing room reads: lists, one proposal, and the choices of its form."""
