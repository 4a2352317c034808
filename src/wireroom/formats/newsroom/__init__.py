"""What is addressed to newsrooms, apart from what is for readers."""
