"""How documents are collected: HTTP polling and hot folders."""
