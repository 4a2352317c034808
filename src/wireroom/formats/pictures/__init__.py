"""Bytes of pictures: what they are, and where they were taken, which is nobody's business."""
