"""What follows: joins of incidents with geometry."""
