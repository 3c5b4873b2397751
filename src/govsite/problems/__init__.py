"""Problems as data; rules as data."""
