"""Where things are kept: the record, documents, sealed personal data, accounts; the write lane."""
