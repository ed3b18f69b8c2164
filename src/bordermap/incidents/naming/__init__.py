"""Rows located by the names of their places; what a name may mean is for the analyst to choose."""
