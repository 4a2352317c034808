"""From the wire to the reader: every surface on which a story can appear."""
