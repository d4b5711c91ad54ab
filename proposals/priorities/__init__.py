"""The room of the priority scale: weights and points, the balance behind them, the cut-off line."""
