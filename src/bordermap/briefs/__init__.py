"""What goes into a report: for now the lines that put a page into a web page."""
