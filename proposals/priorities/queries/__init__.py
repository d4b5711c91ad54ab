"""What the pages of the priority scale read."""
