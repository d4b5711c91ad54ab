"""Measurements as ratios, side by side in one run; never a test on the clock."""
