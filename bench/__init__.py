"""The benchmark: the same pages built by this site, by stock Material and by its peers."""
