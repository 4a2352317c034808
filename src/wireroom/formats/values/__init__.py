"""Words of documents as values: moments, countries, subjects, statuses."""
