"""What ties the packages together: settings, addresses, server entry, logs, the command."""
