"""The vocabulary of disclosure as data, each record with its basis."""
