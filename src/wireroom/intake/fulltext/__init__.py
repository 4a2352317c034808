"""Stories whose channel gives a part of them, completed from their own pages."""
