"""Countries, sectors, editions and Media Topics, looked up in memory."""
