"""What indices of segregation are called, and in a sentence how each is read."""

from __future__ import annotations

from typing import Final

from samsyn.publish.texts import Text, require_language

NAMES: Final[dict[str, Text]] = {
    "dissimilarity": {"sv": "Olikhetsindex (D)", "en": "Dissimilarity index (D)"},
    "gini": {"sv": "Ginikoefficient", "en": "Gini coefficient"},
    "atkinson": {"sv": "Atkinsons index", "en": "Atkinson's index"},
    "hutchens": {"sv": "Hutchens rotindex", "en": "Hutchens square root index"},
    "minmax": {"sv": "Minmax-index", "en": "Minmax index"},
    "theil_h": {"sv": "Theils H, en grupp mot andra", "en": "Theil's H, one group against others"},
    "gorard": {"sv": "Gorards index", "en": "Gorard's index"},
    "karmel_maclachlan": {"sv": "Karmels och MacLachlans index", "en": "Karmel-MacLachlan index"},
    "modified_dissimilarity": {
        "sv": "Olikhetsindex utöver slumpen",
        "en": "Dissimilarity beyond chance",
    },
    "modified_gini": {"sv": "Gini utöver slumpen", "en": "Gini beyond chance"},
    "density_corrected_dissimilarity": {
        "sv": "Olikhetsindex rensat från små tal",
        "en": "Density-corrected dissimilarity",
    },
    "bias_corrected_dissimilarity": {
        "sv": "Olikhetsindex rättat med bootstrap",
        "en": "Bias-corrected dissimilarity",
    },
    "multigroup_dissimilarity": {
        "sv": "Olikhetsindex, alla grupper",
        "en": "Dissimilarity, all groups",
    },
    "multigroup_gini": {"sv": "Gini, alla grupper", "en": "Gini, all groups"},
    "multigroup_theil_h": {"sv": "Theils H, alla grupper", "en": "Theil's H, all groups"},
    "mutual_information": {"sv": "Ömsesidig information (M)", "en": "Mutual information (M)"},
    "relative_diversity": {"sv": "Relativ mångfald (R)", "en": "Relative diversity (R)"},
    "squared_coefficient_of_variation": {
        "sv": "Kvadrerad variationskoefficient",
        "en": "Squared coefficient of variation",
    },
    "normalised_exposure": {"sv": "Normerad exponering (P)", "en": "Normalised exposure (P)"},
    "divergence": {"sv": "Divergens", "en": "Divergence"},
    "entropy": {"sv": "Mångfald (entropi)", "en": "Diversity (entropy)"},
    "simpson_interaction": {"sv": "Simpsons mångfald", "en": "Simpson's interaction"},
    "simpson_concentration": {"sv": "Simpsons koncentration", "en": "Simpson's concentration"},
    "renyi_diversity": {"sv": "Rényis mångfald", "en": "Rényi diversity"},
    "hill_diversity": {"sv": "Antal grupper i praktiken (Hill)", "en": "Hill diversity"},
    "rank_order_theil": {"sv": "Rangordnat Theil (H^R)", "en": "Rank-order Theil (H^R)"},
    "rank_order_variance_ratio": {
        "sv": "Rangordnad varianskvot (R^R)",
        "en": "Rank-order variance ratio (R^R)",
    },
    "rank_order_square_root": {
        "sv": "Rangordnat rotindex (S^R)",
        "en": "Rank-order square root (S^R)",
    },
    "ordinal_theil": {"sv": "Ordnat Theil", "en": "Ordinal Theil"},
    "ordinal_variance_ratio": {"sv": "Ordnad varianskvot", "en": "Ordinal variance ratio"},
    "ordinal_square_root": {"sv": "Ordnat rotindex", "en": "Ordinal square root"},
    "ordinal_absolute_difference": {
        "sv": "Ordnad absolut skillnad",
        "en": "Ordinal absolute difference",
    },
    "neighbourhood_sorting_index": {
        "sv": "Sorteringsindex (NSI)",
        "en": "Neighbourhood sorting index (NSI)",
    },
    "concentration_at_extremes": {
        "sv": "Koncentration i ytterligheterna (ICE)",
        "en": "Concentration at the extremes (ICE)",
    },
    "isolation": {"sv": "Isolering", "en": "Isolation"},
    "interaction": {"sv": "Möten med andra (interaktion)", "en": "Interaction"},
    "correlation_ratio": {"sv": "Isolering utöver jämn fördelning", "en": "Correlation ratio"},
    "delta": {"sv": "Delta", "en": "Delta"},
    "absolute_concentration": {"sv": "Absolut koncentration", "en": "Absolute concentration"},
    "relative_concentration": {"sv": "Relativ koncentration", "en": "Relative concentration"},
    "concentration_profile": {"sv": "Koncentrationsprofil", "en": "Concentration profile"},
    "absolute_centralisation": {"sv": "Absolut centralisering", "en": "Absolute centralisation"},
    "relative_centralisation": {"sv": "Relativ centralisering", "en": "Relative centralisation"},
    "absolute_clustering": {"sv": "Absolut klustring", "en": "Absolute clustering"},
    "relative_clustering": {"sv": "Relativ klustring", "en": "Relative clustering"},
    "spatial_proximity": {"sv": "Rumslig närhet", "en": "Spatial proximity"},
    "distance_decay_isolation": {
        "sv": "Isolering där de nära väger mer",
        "en": "Distance-decay isolation",
    },
    "distance_decay_interaction": {
        "sv": "Interaktion där de nära väger mer",
        "en": "Distance-decay interaction",
    },
    "spatial_proximity_profile": {
        "sv": "Rumslig närhetsprofil",
        "en": "Spatial proximity profile",
    },
    "boundary_dissimilarity": {
        "sv": "Olikhetsindex med grannar",
        "en": "Boundary dissimilarity",
    },
    "length_dissimilarity": {
        "sv": "Olikhetsindex med gränslängd",
        "en": "Border-length dissimilarity",
    },
    "perimeter_area_dissimilarity": {
        "sv": "Olikhetsindex med gräns och form",
        "en": "Border-and-shape dissimilarity",
    },
    "global_distortion": {"sv": "Förvrängning", "en": "Distortion"},
}

READINGS: Final[dict[str, Text]] = {
    "dissimilarity": {
        "sv": "Den andel av gruppen som skulle behöva flytta för att den skulle bo lika utspridd "
        "som de andra. 0 är helt jämnt, 1 helt åtskilt.",
        "en": "The share of the group that would have to move for it to live as spread out as the "
        "others. 0 is quite even, 1 quite separate.",
    },
    "gini": {
        "sv": "Hur mycket gruppens andel skiljer sig mellan två områden vilka som helst. 0 är "
        "jämnt, 1 helt åtskilt.",
        "en": "How much the group's share differs between any two areas. 0 is even, 1 quite "
        "separate.",
    },
    "atkinson": {
        "sv": "Ojämnheten, med samma vikt på områden där gruppen är liten och där den är stor. "
        "0 är jämnt, 1 helt åtskilt.",
        "en": "Unevenness with the same weight on areas where the group is small and where it is "
        "large. 0 is even, 1 quite separate.",
    },
    "hutchens": {
        "sv": "Ojämnheten i ett mått som kan delas upp utan rest på landsdelar eller kommuner. "
        "0 är jämnt, 1 helt åtskilt.",
        "en": "Unevenness in a measure that can be divided by parts of the country without "
        "remainder. 0 is even, 1 quite separate.",
    },
    "minmax": {
        "sv": "Det som gruppens och de andras fördelning inte har gemensamt, som del av det "
        "hela. 0 är jämnt, 1 helt åtskilt.",
        "en": "What the distributions of the group and the others do not share, as a part of the "
        "whole. 0 is even, 1 quite separate.",
    },
    "theil_h": {
        "sv": "Den del av blandningen mellan gruppen och de andra som ligger mellan områden och "
        "inte inom dem. 0 är jämnt, 1 helt åtskilt.",
        "en": "The part of the diversity of the group and the others that lies between areas and "
        "not within them. 0 is even, 1 quite separate.",
    },
    "gorard": {
        "sv": "Den andel av gruppen som skulle behöva flytta om alla andra bodde kvar. 0 är jämnt.",
        "en": "The share of the group that would have to move if all others stayed. 0 is even.",
    },
    "karmel_maclachlan": {
        "sv": "Den andel av alla invånare som skulle behöva byta plats med varandra. 0 är jämnt.",
        "en": "The share of all residents who would have to change places. 0 is even.",
    },
    "modified_dissimilarity": {
        "sv": "Olikhetsindex på en skala där 0 är vad slumpen ensam ger och 1 är helt åtskilt.",
        "en": "Dissimilarity on a scale where 0 is what chance alone gives and 1 quite separate.",
    },
    "modified_gini": {
        "sv": "Gini på en skala där 0 är vad slumpen ensam ger och 1 är helt åtskilt.",
        "en": "Gini on a scale where 0 is what chance alone gives and 1 quite separate.",
    },
    "density_corrected_dissimilarity": {
        "sv": "Olikhetsindex minskat med det som små tal i varje område förklarar.",
        "en": "Dissimilarity less what small numbers in each area explain.",
    },
    "bias_corrected_dissimilarity": {
        "sv": "Olikhetsindex minskat med det fel uppåt som små tal ger.",
        "en": "Dissimilarity less the upward error that small numbers give.",
    },
    "multigroup_dissimilarity": {
        "sv": "Den andel av alla som skulle behöva flytta för att alla grupper skulle bo lika "
        "utspridda, mot om alla bodde helt åtskilda. 0 är jämnt, 1 helt åtskilt.",
        "en": "The share of all who would have to move for all groups to live equally spread out, "
        "against quite separate. 0 is even, 1 quite separate.",
    },
    "multigroup_gini": {
        "sv": "Hur mycket gruppernas andelar skiljer sig mellan områden. 0 är jämnt, 1 helt "
        "åtskilt.",
        "en": "How much the groups' shares differ between areas. 0 is even, 1 quite separate.",
    },
    "multigroup_theil_h": {
        "sv": "Den del av alla gruppers blandning som ligger mellan områden och inte inom dem. "
        "0: varje område är blandat som helheten. 1: varje område har en enda grupp.",
        "en": "The part of all groups' diversity that lies between areas and not within them. 0: "
        "each area is as mixed as the whole. 1: each area has a single group.",
    },
    "mutual_information": {
        "sv": "Hur mycket området säger om vilken grupp någon hör till, i nat. 0 är ingenting.",
        "en": "How much the area tells of the group someone belongs to, in nats. 0 is nothing.",
    },
    "relative_diversity": {
        "sv": "Den del av chansen att två personer hör till olika grupper som ligger mellan "
        "områden. 0 är jämnt, 1 helt åtskilt.",
        "en": "The part of the chance that two people differ in group that lies between areas. 0 "
        "is even, 1 quite separate.",
    },
    "squared_coefficient_of_variation": {
        "sv": "Hur mycket gruppernas andelar varierar mellan områden. 0 är jämnt, 1 helt åtskilt.",
        "en": "How much the groups' shares vary between areas. 0 is even, 1 quite separate.",
    },
    "normalised_exposure": {
        "sv": "Hur mycket mer grupperna möter sig själva än vid jämn fördelning. 0 är jämnt, 1 "
        "helt åtskilt.",
        "en": "How much more groups meet themselves than if evenly spread. 0 is even, 1 quite "
        "separate.",
    },
    "divergence": {
        "sv": "Hur mycket områdenas sammansättning avviker från helhetens, i nat. 0 är inte alls.",
        "en": "How much the composition of areas departs from the whole's, in nats. 0 is not at "
        "all.",
    },
    "entropy": {
        "sv": "Hur blandad platsen är som helhet, i nat. 0 är en enda grupp. Det säger inget om "
        "hur grupperna bor i förhållande till varandra.",
        "en": "How mixed the place is as a whole, in nats. 0 is a single group. It says nothing of "
        "how the groups live in relation to each other.",
    },
    "simpson_interaction": {
        "sv": "Chansen att två personer på platsen hör till olika grupper.",
        "en": "The chance that two people of the place belong to different groups.",
    },
    "simpson_concentration": {
        "sv": "Chansen att två personer på platsen hör till samma grupp.",
        "en": "The chance that two people of the place belong to the same group.",
    },
    "renyi_diversity": {
        "sv": "Hur blandad platsen är, i nat, där de största grupperna väger mest.",
        "en": "How mixed the place is, in nats, where the largest groups weigh most.",
    },
    "hill_diversity": {
        "sv": "Hur många lika stora grupper som hade gett samma blandning.",
        "en": "How many groups of equal size would be as mixed.",
    },
    "rank_order_theil": {
        "sv": "Hur ojämnt hög och låg rang bor, över hela ordningen. 0 är jämnt, 1 helt åtskilt.",
        "en": "How unevenly high and low ranks live, over the whole order. 0 is even, 1 quite "
        "separate.",
    },
    "rank_order_variance_ratio": {
        "sv": "Hur mycket av skillnaden i rang som ligger mellan områden. 0 är inget, 1 allt.",
        "en": "How much of the difference in rank lies between areas. 0 is nothing, 1 all.",
    },
    "rank_order_square_root": {
        "sv": "Hur ojämnt hög och låg rang bor, med mest vikt på ytterligheterna. 0 är jämnt.",
        "en": "How unevenly high and low ranks live, the extremes weighing most. 0 is even.",
    },
    "ordinal_theil": {
        "sv": "Hur ojämnt klasser med en ordning bor. Att ytterligheterna bor åtskilda väger mer "
        "än att grannklasser gör det. 0 är jämnt, 1 helt åtskilt.",
        "en": "How unevenly classes with an order live. That extremes live apart weighs more than "
        "that classes next to each other do. 0 is even, 1 quite separate.",
    },
    "ordinal_variance_ratio": {
        "sv": "Hur mycket av skillnaden mellan ordnade klasser som ligger mellan områden.",
        "en": "How much of the difference between ordered classes lies between areas.",
    },
    "ordinal_square_root": {
        "sv": "Hur ojämnt ordnade klasser bor, med mest vikt på ytterligheterna. 0 är jämnt.",
        "en": "How unevenly ordered classes live, the extremes weighing most. 0 is even.",
    },
    "ordinal_absolute_difference": {
        "sv": "Hur ojämnt ordnade klasser bor, räknat i absoluta skillnader. 0 är jämnt.",
        "en": "How unevenly ordered classes live, by absolute differences. 0 is even.",
    },
    "neighbourhood_sorting_index": {
        "sv": "Hur långt områdenas medelklass ligger från varandra, mot hur olika människor är. "
        "0 är lika, 1 helt sorterat.",
        "en": "How far apart areas are in their mean class, against how different people are. 0 is "
        "alike, 1 quite sorted.",
    },
    "concentration_at_extremes": {
        "sv": "Andelen i den högsta klassen minus andelen i den lägsta. −1 är bara den lägsta, 1 "
        "bara den högsta.",
        "en": "The share in the highest class less the share in the lowest. −1 is only the lowest, "
        "1 only the highest.",
    },
    "isolation": {
        "sv": "Chansen att en person i gruppen möter en annan i gruppen i sitt område. Den beror "
        "också på hur stor gruppen är.",
        "en": "The chance that someone of the group meets another of the group in their area. It "
        "depends on the size of the group too.",
    },
    "interaction": {
        "sv": "Chansen att en person i gruppen möter någon ur de andra i sitt område. Högre är "
        "mer blandat.",
        "en": "The chance that someone of the group meets one of the others in their area. Higher "
        "is more mixed.",
    },
    "correlation_ratio": {
        "sv": "Isoleringen utöver den som gruppens storlek ger. 0 är jämnt, 1 helt åtskilt.",
        "en": "Isolation beyond what the size of the group gives. 0 is even, 1 quite separate.",
    },
    "delta": {
        "sv": "Den andel av gruppen som skulle flytta för att bo lika tätt överallt.",
        "en": "The share of the group that would move to live as densely everywhere.",
    },
    "absolute_concentration": {
        "sv": "Hur liten mark gruppen bor på: 0 är minst möjliga mark, 1 mest.",
        "en": "How little land the group lives on: 0 is the least possible, 1 the most.",
    },
    "relative_concentration": {
        "sv": "Gruppens mark per person mot de andras. 0 är lika mycket.",
        "en": "The group's land per person against the others'. 0 is alike.",
    },
    "concentration_profile": {
        "sv": "Hur stor del av gruppen som bor där den är stark, för alla gränser. 0 är jämnt.",
        "en": "How much of the group lives where it is strong, over all limits. 0 is even.",
    },
    "absolute_centralisation": {
        "sv": "Hur nära mitten gruppen bor mot hur marken ligger. Över 0 är närmare.",
        "en": "How near the centre the group lives against the land. Above 0 is nearer.",
    },
    "relative_centralisation": {
        "sv": "Hur nära mitten gruppen bor mot de andra. Över 0 är närmare.",
        "en": "How near the centre the group lives against the others. Above 0 is nearer.",
    },
    "absolute_clustering": {
        "sv": "Hur mycket gruppens områden ligger intill varandra. 0 är inte alls.",
        "en": "How much the group's areas lie next to each other. 0 is not at all.",
    },
    "relative_clustering": {
        "sv": "Närheten inom gruppen mot den inom de andra. 0 är lika.",
        "en": "Nearness within the group against that of the others. 0 is alike.",
    },
    "spatial_proximity": {
        "sv": "Hur nära man bor sin egen grupp mot alla. 1 är ingen klustring.",
        "en": "How near one lives to one's own group against all. 1 is no clustering.",
    },
    "distance_decay_isolation": {
        "sv": "Chansen att möta en i gruppen, där de som bor nära räknas mer.",
        "en": "The chance of meeting one of the group, where those near count more.",
    },
    "distance_decay_interaction": {
        "sv": "Chansen att möta någon ur de andra, där de som bor nära räknas mer.",
        "en": "The chance of meeting one of the others, where those near count more.",
    },
    "spatial_proximity_profile": {
        "sv": "Hur nära varandra de områden ligger där gruppen är stark.",
        "en": "How near each other the areas lie where the group is strong.",
    },
    "boundary_dissimilarity": {
        "sv": "Olikhetsindex minskat med det som grannområden jämnar ut.",
        "en": "Dissimilarity less what neighbouring areas even out.",
    },
    "length_dissimilarity": {
        "sv": "Olikhetsindex minskat med det som grannar jämnar ut, efter gränsens längd.",
        "en": "Dissimilarity less what neighbours even out, by the length of the border.",
    },
    "perimeter_area_dissimilarity": {
        "sv": "Olikhetsindex minskat med det som grannar jämnar ut, efter gränsens längd och "
        "områdenas form.",
        "en": "Dissimilarity less what neighbours even out, by border and the shape of areas.",
    },
    "global_distortion": {
        "sv": "Hur långt man måste se från sitt område för att se platsen som den är. 0 är inte "
        "alls.",
        "en": "How far one must look from one's area to see the place as it is. 0 is not at all.",
    },
}

FAMILIES: Final[dict[str, Text]] = {
    "evenness": {"sv": "Jämnhet", "en": "Evenness"},
    "corrected evenness": {"sv": "Jämnhet utan slump", "en": "Evenness without chance"},
    "many groups": {"sv": "Alla grupper på en gång", "en": "All groups at once"},
    "diversity": {"sv": "Mångfald", "en": "Diversity"},
    "ordered groups": {"sv": "Grupper med en ordning", "en": "Groups with an order"},
    "exposure": {"sv": "Möten", "en": "Exposure"},
    "concentration": {"sv": "Koncentration", "en": "Concentration"},
    "centralisation": {"sv": "Centralisering", "en": "Centralisation"},
    "clustering": {"sv": "Klustring", "en": "Clustering"},
    "spatial evenness": {"sv": "Jämnhet med grannar", "en": "Evenness with neighbours"},
}


def index_name(name: str, language: str) -> str:
    """What an index is called; one that has no name here is called by its id."""
    return _told(NAMES, name, language) or name.replace("_", " ").capitalize()


def index_reading(name: str, language: str) -> str:
    """How an index is read, in a sentence or two; empty where nothing is told."""
    return _told(READINGS, name, language)


def family_name(family: str, language: str) -> str:
    """What a family of indices is called."""
    return _told(FAMILIES, family, language) or family


def _told(texts: dict[str, Text], name: str, language: str) -> str:
    return texts[name][require_language(language)] if name in texts else ""
