"""Files for people: the workbook, the page without Python, what participants find again."""
