"""The only doors: every file that is read or written passes here."""
