"""The sentences that checks write into a release, each with the same in Swedish.

In braces stand blanks, and those of a pair are the same. What a blank may hold is told by its name
in `findings.SHAPES`. Only warnings and notes are here: an error stops a release, so that no page
ever shows one. Where two forms fit a sentence, the one that stands first is meant.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Form(NamedTuple):
    """A sentence in both languages."""

    english: str
    swedish: str


_CHANGED = (
    " It was left out. A heading may have been changed or a column taken away: export the table "
    "again, with all of them"
)
_CHANGED_SV = (
    " Den togs inte med. En rubrik kan ha ändrats eller en kolumn tagits bort: exportera tabellen "
    "igen, med alla."
)
_LINK = "Add a link table from DeSO {vintage} to RegSO, or a layer of DeSO with their RegSO"
_LINK_SV = (
    "Lägg till en tabell som kopplar DeSO {vintage} till RegSO, eller ett kartlager där varje DeSO "
    "har sin RegSO."
)
_LARGER = ". Larger areas that hold them get no value"
_LARGER_SV = ". Större områden som de ingår i får inget värde."
_OWN = (
    "{meant} `samsyn indicators` lists what is there; one of your own is described in samsyn.toml"
)
_OWN_SV = "{meant} `samsyn indicators` visar vilka som finns; en egen beskrivs i samsyn.toml."

FORMS: Final[tuple[Form, ...]] = (
    # --- what figures say ---
    Form(
        "{subject}: {count} of {of} published counts are not the sum of the areas in them, most in "
        "{area} in {period} ({group}: {value} published{where}, {other_value} summed{by})",
        "{subject}: {count} av {of} publicerade antal är inte summan av områdena som ingår, och "
        "mest skiljer {area} {period} ({group}: {value} publicerat{where}, {other_value} summerat"
        "{by}).",
    ),
    Form(
        "{subject}: {count} of {of} values published{where} are not what the counts give, most in "
        "{area} in {period}: {value} published, {other_value} from counts, which stands",
        "{subject}: {count} av {of} värden som är publicerade{where} är inte vad antalen ger. Mest "
        "skiljer {area} {period}: {value} publicerat mot {other_value} ur antalen, som gäller.",
    ),
    Form(
        "{subject} changes more from one period to the next than is likely (values: {count}), most "
        "in {area}: {value} before {period}, then {other_value}",
        "{subject} ändras mer från en period till nästa än vad som är troligt. Antal värden: "
        "{count}. Mest ändras {area}: {value} före {period}, sedan {other_value}.",
    ),
    Form(
        "{one} and {other} differ in {subject} (values: {count}), first in {area} in {period}: "
        "{value} and {other_value}. {one} is newer or was read first, and stands",
        "{one} och {other} säger olika om {subject}. Antal värden: {count}. Det första är {area} "
        "{period}: {value} mot {other_value}. {one} är nyare eller lästes först, och gäller.",
    ),
    Form(
        "{file} lacks all {kind} areas of the municipalities {names} and {count} of {of} areas of "
        "{kind}/{vintage}: {others}" + _LARGER,
        "{file} saknar alla {kind} i kommunerna {names}, och {count} av {of} {kind} med gränser "
        "från {vintage}: {others}" + _LARGER_SV,
    ),
    Form(
        "{file} lacks all {kind} areas of the municipalities {names}" + _LARGER,
        "{file} saknar alla {kind} i kommunerna {names}" + _LARGER_SV,
    ),
    Form(
        "{file} lacks the municipalities {names}" + _LARGER,
        "{file} saknar kommunerna {names}" + _LARGER_SV,
    ),
    Form(
        "{file} lacks {count} of {of} areas of {kind}/{vintage}: {names}" + _LARGER,
        "{file} saknar {count} av {of} {kind} med gränser från {vintage}: {names}" + _LARGER_SV,
    ),
    Form(
        "Only a part of Sweden is in these files ({count} of 290 municipalities): nothing is "
        "summed for {names}",
        "Bara en del av Sverige finns i filerna ({count} av 290 kommuner): ingenting summeras för "
        "{names}.",
    ),
    Form(
        "There is no municipality {names} in Sweden today{whose}: the code is mistyped, or that of "
        "one that was abolished. Its values are kept under this code",
        "Det finns ingen kommun {names} i Sverige i dag{whose}: koden är felskriven, eller så är "
        "kommunen avskaffad. Värdena står kvar under koden.",
    ),
    # --- tables and columns ---
    Form(
        "{file}: the {what} {names} is not in the catalogue and was left out" + _OWN,
        "{file}: {names} finns inte i katalogen och togs inte med." + _OWN_SV,
    ),
    Form(
        "{file}: the {what} {names} are not in the catalogue and were left out" + _OWN,
        "{file}: {names} finns inte i katalogen och togs inte med." + _OWN_SV,
    ),
    Form(
        "{file} is divided by {dimension} without a total, and the catalogue does not say what "
        "that means: the table was left out. Export it with {dimension} summed",
        "{file} är uppdelad efter {dimension} utan någon total, och katalogen säger inte vad det "
        "betyder. Tabellen togs inte med. Exportera den med {dimension} summerad.",
    ),
    Form(
        "{file}: the table is not in the catalogue and was left out (its dimensions: {names})",
        "{file}: tabellen finns inte i katalogen och togs inte med (dess dimensioner: {names}).",
    ),
    Form(
        "{file}: the table {table} is not in the catalogue and was left out (its dimensions: "
        "{names})",
        "{file}: tabellen {table} finns inte i katalogen och togs inte med (dess dimensioner: "
        "{names}).",
    ),
    Form(
        '{file}: this seems to be the table "{title}", but it has nothing called {dimension} (its '
        "dimensions: {names})." + _CHANGED,
        "{file}: det här ser ut att vara tabellen ”{title}”, men den har ingenting som heter "
        "{dimension} (dess dimensioner: {names})." + _CHANGED_SV,
    ),
    Form(
        '{file}: this seems to be the table "{title}", but it lacks {names} of {dimension} and has '
        "{others}, which the catalogue does not know." + _CHANGED,
        "{file}: det här ser ut att vara tabellen ”{title}”, men av {dimension} saknas {names}, "
        "och den har {others}, som katalogen inte känner till." + _CHANGED_SV,
    ),
    Form(
        '{file}: this seems to be the table "{title}", but it lacks {names} of {dimension}.'
        + _CHANGED,
        "{file}: det här ser ut att vara tabellen ”{title}”, men av {dimension} saknas {names}."
        + _CHANGED_SV,
    ),
    Form(
        '{file}: this seems to be the table "{title}", but it has other dimensions and has '
        "{others}, which the catalogue does not know." + _CHANGED,
        "{file}: det här ser ut att vara tabellen ”{title}”, men den har andra dimensioner, och "
        "{others}, som katalogen inte känner till." + _CHANGED_SV,
    ),
    Form(
        '{file}: this seems to be the table "{title}", but it has other dimensions.' + _CHANGED,
        "{file}: det här ser ut att vara tabellen ”{title}”, men den har andra dimensioner."
        + _CHANGED_SV,
    ),
    Form(
        "{file}: the catalogue does not know {names} of {dimension} in {title}, which was left out",
        "{file}: katalogen känner inte till {names} av {dimension} i {title}, och det togs inte "
        "med.",
    ),
    Form(
        "{file}: {count} of {of} key figures are not in the catalogue and were left out: {names}",
        "{file}: {count} av {of} nyckeltal finns inte i katalogen och togs inte med: {names}.",
    ),
    Form(
        '{file} has {subject} under two titles; the second, "{title}", was left out',
        "{file} har {subject} under två rubriker; den andra, ”{title}”, togs inte med.",
    ),
    # --- areas and what they are called ---
    Form(
        "{file}: names and codes mended to find their areas ({count}): {names}",
        "{file}: namn och koder som rättades för att hitta områdena ({count}): {names}.",
    ),
    Form(
        "{file}: means of municipalities and rests, which are no areas and were left out "
        "({count}): {names}",
        "{file}: medelvärden för kommuner och restposter, som inte är områden och inte togs med "
        "({count}): {names}.",
    ),
    Form(
        '{file}: "{text}": the code was taken; the area is called {name}',
        "{file}: ”{text}”: koden fick gälla; området heter {name}.",
    ),
    Form(
        "{count} of {of} areas of kind {kind} {vintage} have no name and are shown by their codes: "
        "{names}. Add a file that names them",
        "{count} av {of} {kind} med gränser från {vintage} saknar namn och visas med sina koder: "
        "{names}. Lägg till en fil med namnen.",
    ),
    Form(
        "{count} areas of kind {kind} {vintage} are shown by the names of another vintage, and are "
        "not looked up by them: {names}",
        "{count} {kind} med gränser från {vintage} visas med namn från en annan årgång, och går "
        "inte att söka på dem: {names}.",
    ),
    Form("{area} is called {names}", "{area} kallas {names}."),
    Form(
        "DeSO {code} of {vintage} is said to lie in {names}; the first was taken",
        "DeSO {code} med gränser från {vintage} sägs ligga i {names}; den första fick gälla.",
    ),
    Form(
        "all {count} of the DeSO of {vintage} lie in no known RegSO, only in their municipality. "
        + _LINK,
        "Alla {count} DeSO med gränser från {vintage} saknar en känd RegSO, och ligger bara i sin "
        "kommun. " + _LINK_SV,
    ),
    Form(
        "{count} of the DeSO of {vintage} lie in no known RegSO, only in their municipality: "
        "{names}. " + _LINK,
        "{count} DeSO med gränser från {vintage} saknar en känd RegSO, och ligger bara i sin "
        "kommun: {names}. " + _LINK_SV,
    ),
    Form(
        "{count} of the DeSO of {vintage} lie in no known RegSO, only in their municipality "
        "{code}: {names}. " + _LINK,
        "{count} DeSO med gränser från {vintage} saknar en känd RegSO, och ligger bara i kommunen "
        "{code}: {names}. " + _LINK_SV,
    ),
    Form(
        "{file} links {kind} codes that no {kind} of {vintage} has; those links were left out: "
        "{names}",
        "{file} kopplar koder som ingen {kind} med gränser från {vintage} har; de kopplingarna "
        "togs inte med: {names}.",
    ),
    Form(
        "areas of kind {kind} {vintage} are known in {count} of {of} municipalities; there are "
        "none in {names}",
        "{kind} med gränser från {vintage} finns i {count} av {of} kommuner; inga finns i {names}.",
    ),
    Form(
        "{name} ({code}) is missing: no {kind} of {vintage} lies in it. Perhaps a file was cut off",
        "{name} ({code}) saknas: ingen {kind} med gränser från {vintage} ligger i den. Kanske är "
        "en fil avklippt.",
    ),
    # --- borders ---
    Form(
        "{count} polygons crossed themselves and were mended: {names}",
        "{count} områdens gränser korsade sig själva och lagades: {names}.",
    ),
    Form(
        "The borders of {count} areas did not meet those of their neighbours: small gaps and "
        "overlaps were closed in {names}",
        "{count} områdens gränser möttes inte av grannarnas: små glipor och överlapp stängdes i "
        "{names}.",
    ),
    Form(
        "The smaller areas reach out into water and the layer of the kind {kind} does not: what "
        "lies more than {count} km off its land is not drawn, and land areas are what it has of "
        "them",
        "De mindre områdena når ut i vattnet, och det gör inte kartlagret för {kind}. Det som "
        "ligger mer än {count} km från land i det lagret ritas inte, och landytor är de som lagret "
        "har.",
    ),
)
