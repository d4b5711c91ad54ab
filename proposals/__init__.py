"""Programme proposals, from draft to decision."""
