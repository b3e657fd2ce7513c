"""The doors of Excel: ribbon commands and worksheet functions, through xlwings."""
