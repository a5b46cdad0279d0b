"""What tables, their dimensions and their contents are called, in both languages."""

from __future__ import annotations

from typing import Final

from samsyn.publish.texts import Texts

TEXTS: Final[Texts] = {
    "Region": {"sv": "region", "en": "region"},
    "Grupp": {"sv": "grupp", "en": "group"},
    "Alder": {"sv": "ålder", "en": "age"},
    "Kon": {"sv": "kön", "en": "sex"},
    "Enhet": {"sv": "mätt på", "en": "measured on"},
    "Index": {"sv": "index", "en": "index"},
    "ContentsCode": {"sv": "tabellinnehåll", "en": "contents"},
    "Tid": {"sv": "år", "en": "year"},
    "period": {"sv": "period", "en": "period"},
    "by": {"sv": "{what} efter {dimensions}. {periods}", "en": "{what} by {dimensions}. {periods}"},
    "and": {"sv": "{first} och {last}", "en": "{first} and {last}"},
    "counts": {"sv": "{what}, antal", "en": "{what}, counts"},
    "indices": {"sv": "{family}: index för {what}", "en": "{family}: indices of {what}"},
    "count": {"sv": "antal", "en": "count"},
    "numerator": {"sv": "täljare", "en": "numerator"},
    "denominator": {"sv": "nämnare", "en": "denominator"},
    "value": {"sv": "värde", "en": "value"},
    "lower": {"sv": "osäkerhet, nedre gräns", "en": "uncertainty, lower limit"},
    "upper": {"sv": "osäkerhet, övre gräns", "en": "uncertainty, upper limit"},
    "expected": {"sv": "väntat av slumpen", "en": "expected by chance"},
    "corrected": {"sv": "utöver slumpen", "en": "beyond chance"},
    "total": {"sv": "totalt", "en": "total"},
    "women": {"sv": "kvinnor", "en": "women"},
    "men": {"sv": "män", "en": "men"},
    "all groups": {"sv": "alla grupper", "en": "all groups"},
    "against": {"sv": "{group} mot {other}", "en": "{group} against {other}"},
    "path counts": {"sv": "Antal i grupper", "en": "Counts of groups"},
    "path indices": {"sv": "Segregationsindex", "en": "Indices of segregation"},
    "release": {
        "sv": "Utgåvan {release} av den {created}, Samsyn {version}.",
        "en": "Release {release} of {created}, Samsyn {version}.",
    },
    "legend": {
        "sv": ". = ej relevant#.. = uppgift saknas#... = skyddas av sekretess"
        "#.... = tabellen har ingen uppgift",
        "en": ". = not applicable#.. = missing#... = confidential#.... = nothing in the table",
    },
    "estimated": {"sv": "En del värden är uppskattade.", "en": "Some values are estimates."},
    "source": {"sv": "Källa: {sources}", "en": "Source: {sources}"},
    "valueset": {"sv": "{kind} {vintage}", "en": "{kind} {vintage}"},
    "custom": {"sv": "egna områden", "en": "areas of one's own"},
    "none": {"sv": "ej angivet", "en": "not told"},
}
UNITS: Final[Texts] = {
    "count": {"sv": "antal", "en": "number"},
    "share": {"sv": "andel", "en": "share"},
    "index": {"sv": "index", "en": "index"},
}
