"""Files for people: the workbook, the corrected document, what participants find again."""
