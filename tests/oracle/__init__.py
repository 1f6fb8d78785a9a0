"""An oracle for the way back: it edits a workbook as a person would, and knows the plan it then shows.

It never asks the product's reader.  `sheets` moves cells as Excel does, `truth` keeps beside them what they
mean, `edits_*` do both at once, `judging` compares what a re-import made of the file, `runner` counts.
"""
