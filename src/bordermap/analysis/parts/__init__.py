"""Many parts as one: a folder of tables read, enriched, shuffled and counted part by part."""
