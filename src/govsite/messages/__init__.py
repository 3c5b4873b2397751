"""Every word a user sees, as data: Chinese first, English beside it."""
