"""The sample wire: three invented agencies, played on this machine for newcomers."""
