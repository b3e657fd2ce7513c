"""The workbook: where everything stands in it, how it is built, and how it is read back."""
