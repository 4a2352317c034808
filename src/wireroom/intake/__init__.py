"""From the agency's door to the wire: channels, deliveries, collectors, the pipeline."""
