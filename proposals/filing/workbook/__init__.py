"""Excel there and back: the workbook an office downloads, fills offline and uploads again."""
