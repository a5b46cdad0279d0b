"""What several organisations share with one of them, laid together: for regions and agencies.

`facts` is what is counted and knows no database, `gathered` reads it, `asking` asks organisations
to share and takes their answers, and `tables` shows it.
"""
