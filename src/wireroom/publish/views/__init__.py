"""What answers at readers' addresses."""
