"""What a change will do to the site, in words: pages, tables cell by cell, list entries, links, dates.

Owns: comparing the catalogue before and after. Never: judges a change (the check does), or lets what it quotes come to life.
"""
