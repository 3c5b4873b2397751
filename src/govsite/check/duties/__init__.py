"""Duties (履职): what the rules demand of the site as a whole, judged on one day."""
