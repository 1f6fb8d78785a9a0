"""How a plan lies on a sheet: cells and pages, no Excel."""
