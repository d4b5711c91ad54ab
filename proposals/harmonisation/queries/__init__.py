"""What the pages of groups and joint programmes read."""
