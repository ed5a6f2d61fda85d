"""Reading what editors write, exactly as it stands.

Owns: bytes to text (``files``), YAML with the place of every key (``yaml_files``), CSV with the line of
every row (``csv_files``), pages with their front matter and the words they call (``pages``).
Never: knows what a review or a table is, converts a value, or fixes anything in silence.
Every reader takes the list of problems it may add to, and returns nothing where the file cannot be used.
"""
