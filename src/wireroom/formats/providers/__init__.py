"""What single providers do otherwise than the standards say: data, one row each."""
