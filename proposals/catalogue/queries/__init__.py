"""What the pages of the catalogue read."""
