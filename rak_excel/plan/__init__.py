"""What a plan is and says: pure, no file, no sheet."""
