"""What an admin does to lists, people, offices, years and flags; forms bring clean values."""
