"""The workbook of a programme, written and read back."""
