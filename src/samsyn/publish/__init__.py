"""What is made of the answers of a release: charts, maps, sentences and open formats.

The room has a door for each of its parts, and what others may use stands there:

- `about`: where figures come from, which goes with everything else;
- `charts`: Vega-Lite specifications with message, table and source; `drawing` draws them;
- `maps`: areas in classes as small SVG;
- `wording`: the sentences that sum a place up, in both languages;
- `downloads` and `citation`: files to take home, and how to cite them;
- `theme`, `numbers` and `intervals`: colours, how numbers are written, when two figures differ.
"""
