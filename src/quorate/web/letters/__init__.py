"""Letters: written in plain words, sent through SMTP or put into the organisation's folder."""
