"""What people type on the pages of the catalogue, turned into clean values."""
