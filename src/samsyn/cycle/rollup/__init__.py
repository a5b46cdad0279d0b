"""What several organisations share with one of them, laid together: for regions and agencies.

`facts` is what is counted and knows no database, `gathered` reads it, and `tables` shows it. Whom
to ask `candidates`, `choosing` and `pasting` find; `asking` asks them and takes their answers.
"""
