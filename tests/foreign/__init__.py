"""Workbooks as offices make them by hand, none drawn by our writer, with the plans they mean beside them."""
