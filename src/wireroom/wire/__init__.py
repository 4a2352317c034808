"""The centre: stories, their versions, the rulings over them, and the two doors that write."""
