"""Example data: what the demo shows, made through the same actions that people use.

Everything here is invented and marked "data contoh". ``loading.load`` fills an empty database,
``copies.add`` repeats what is there for measurements.
"""
