"""The formula of every index, and how the local ones are called and read.

x_u and y_u are the people of a group and of those it is compared with in unit u, t_u everyone, p_u
the group's share; capitals are sums over the region. With many groups g, p_ug is a group's share in
a unit and P_g in the region; E is diversity by Shannon and I by Simpson. The methods in the
repository's docs say the same at length, with sources.
"""

from __future__ import annotations

from typing import Final

FORMULAS: Final = {
    # evenness
    "dissimilarity": r"D = \frac{1}{2} \sum_u |\frac{x_u}{X} - \frac{y_u}{Y}|",
    "gini": r"G = \frac{\sum_u \sum_v t_u t_v |p_u - p_v|}{2 T^2 P (1 - P)}",
    "atkinson": r"A = 1 - \frac{P}{1 - P} |\sum_u \frac{(1 - p_u)^{1 - b} p_u^b t_u}{P T}|"
    r"^{1 / (1 - b)}",
    "hutchens": r"O = 1 - \sum_u \sqrt{\frac{x_u}{X} \cdot \frac{y_u}{Y}}",
    "minmax": r"1 - \frac{\sum_u \min(\frac{x_u}{X}, \frac{y_u}{Y})}"
    r"{\sum_u \max(\frac{x_u}{X}, \frac{y_u}{Y})} = \frac{2D}{1 + D}",
    "theil_h": r"H = \sum_u \frac{t_u (E - E_u)}{E T}",
    "gorard": r"\text{GS} = \frac{1}{2} \sum_u |\frac{x_u}{X} - \frac{t_u}{T}| = D (1 - P)",
    "karmel_maclachlan": r"\text{KM} = 2 P (1 - P) D",
    # corrected for chance; D* and G* are means without segregation
    "modified_dissimilarity": r"\frac{D - D^*}{1 - D^*}",
    "modified_gini": r"\frac{G - G^*}{1 - G^*}",
    "density_corrected_dissimilarity": r"\frac{1}{2} \sum_u s_u \theta_u",
    "bias_corrected_dissimilarity": r"2 D - \bar{D^*}",
    # many groups
    "multigroup_dissimilarity": r"D = \frac{\sum_g \sum_u t_u |p_{ug} - P_g|}{2 T I}",
    "multigroup_gini": r"G = \frac{\sum_g \sum_u \sum_v t_u t_v |p_{ug} - p_{vg}|}{2 T^2 I}",
    "multigroup_theil_h": r"H = \sum_u \frac{t_u (E - E_u)}{E T}",
    "mutual_information": r"M = E - \sum_u \frac{t_u}{T} E_u",
    "relative_diversity": r"R = 1 - \sum_u \frac{t_u I_u}{T I}",
    "squared_coefficient_of_variation": r"C = \sum_g \sum_u \frac{t_u (p_{ug} - P_g)^2}"
    r"{T (G - 1) P_g}",
    "normalised_exposure": r"P = \sum_g \sum_u \frac{t_u (p_{ug} - P_g)^2}{T (1 - P_g)}",
    "divergence": r"\sum_u \frac{t_u}{T} \sum_g p_{ug} \ln \frac{p_{ug}}{P_g}",
    # diversity
    "entropy": r"E = - \sum_g P_g \ln P_g",
    "simpson_interaction": r"I = \sum_g P_g (1 - P_g)",
    "simpson_concentration": r"\lambda = \sum_g P_g^2 = 1 - I",
    "renyi_diversity": r"\frac{1}{1 - q} \ln \sum_g P_g^q",
    "hill_diversity": r"(\sum_g P_g^q)^{1 / (1 - q)}",
    # ordered groups; p is a rank, H(p) and so on the index of those below it against those above
    "rank_order_theil": r"H^R = \frac{\int E(p) H(p) dp}{\int E(p) dp}",
    "rank_order_variance_ratio": r"R^R = \frac{\int p (1 - p) R(p) dp}{\int p (1 - p) dp}",
    "rank_order_square_root": r"S^R = \frac{\int \sqrt{p (1 - p)} S(p) dp}"
    r"{\int \sqrt{p (1 - p)} dp}",
    "ordinal_theil": r"1 - \sum_u \frac{t_u v_u}{T v}; f(p) = - p \ln p - (1 - p) \ln (1 - p)",
    "ordinal_variance_ratio": r"1 - \sum_u \frac{t_u v_u}{T v}; f(p) = 4 p (1 - p)",
    "ordinal_square_root": r"1 - \sum_u \frac{t_u v_u}{T v}; f(p) = 2 \sqrt{p (1 - p)}",
    "ordinal_absolute_difference": r"1 - \sum_u \frac{t_u v_u}{T v}; f(p) = 1 - |2 p - 1|",
    "neighbourhood_sorting_index": r"\text{NSI} = \sqrt{\frac{\sum_u t_u (m_u - m)^2}"
    r"{\sum_u \sum_g t_{ug} (v_g - m)^2}}",
    "concentration_at_extremes": r"\text{ICE} = \frac{T_{\text{max}} - T_{\text{min}}}{T}",
    # exposure
    "isolation": r"xPx = \sum_u \frac{x_u}{X} \cdot \frac{x_u}{t_u}",
    "interaction": r"xPy = \sum_u \frac{x_u}{X} \cdot \frac{y_u}{t_u}",
    "correlation_ratio": r"V = \frac{xPx - P}{1 - P}",
    # concentration; a is land, S and L the least and the most land per person
    "delta": r"\text{DEL} = \frac{1}{2} \sum_u |\frac{x_u}{X} - \frac{a_u}{A}|",
    "absolute_concentration": r"\text{ACO} = 1 - \frac{\sum_u x_u a_u / X - S}{L - S}",
    "relative_concentration": r"\text{RCO} = \frac{\frac{\sum_u x_u a_u / X}{\sum_u y_u a_u / Y}"
    r" - 1}{S / L - 1}",
    "concentration_profile": r"R = \sum_u \frac{x_u}{X} \cdot \frac{|p_u - P|}{1 - P}",
    # centralisation; i counts distances from the centre, shares are within them
    "absolute_centralisation": r"\text{ACE} = \sum_i X_{i-1} A_i - \sum_i X_i A_{i-1}",
    "relative_centralisation": r"\text{RCE} = \sum_i X_{i-1} Y_i - \sum_i X_i Y_{i-1}",
    # clustering; c is nearness, exp(-d / scale), and P the mean nearness of two people
    "absolute_clustering": r"\text{ACL} = \frac{\sum_u \frac{x_u}{X} \sum_v c_{uv} x_v - K}"
    r"{\sum_u \frac{x_u}{X} \sum_v c_{uv} t_v - K}; K = \frac{X}{n^2} \sum_u \sum_v c_{uv}",
    "relative_clustering": r"\text{RCL} = \frac{P_{xx}}{P_{yy}} - 1",
    "spatial_proximity": r"\text{SP} = \frac{X P_{xx} + Y P_{yy}}{T P_{tt}}",
    "distance_decay_isolation": r"\text{DPxx} = \sum_u \frac{x_u}{X} \sum_v k_{uv} "
    r"\frac{x_v}{t_v}; k_{uv} = \frac{c_{uv} t_v}{\sum_w c_{uw} t_w}",
    "distance_decay_interaction": r"\text{DPxy} = \sum_u \frac{x_u}{X} \sum_v k_{uv} "
    r"\frac{y_v}{t_v}",
    "spatial_proximity_profile": r"\frac{1}{1 - P} (P - \int_0^P \eta ds + \int_P^1 \eta ds); "
    r"\eta(s) = \frac{k^2 - k}{\sum_u \sum_v d_{uv}}",
    # spatial evenness; w is the border's part of all borders between neighbours
    "boundary_dissimilarity": r"D - \frac{\sum_u \sum_v c_{uv} |p_u - p_v|}"
    r"{\sum_u \sum_v c_{uv}}",
    "length_dissimilarity": r"D - \sum_u \sum_v w_{uv} |p_u - p_v|",
    "perimeter_area_dissimilarity": r"D - \sum_u \sum_v w_{uv} |p_u - p_v| "
    r"\frac{r_u + r_v}{2 \max r}",
    "global_distortion": r"\sum_u \frac{t_u}{T} C_u",
    # local
    "location_quotient": r"\text{LQ}_{ug} = \frac{p_{ug}}{P_g}",
    "local_entropy": r"E_u = - \sum_g p_{ug} \ln p_{ug}",
    "local_simpson": r"I_u = \sum_g p_{ug} (1 - p_{ug})",
    "local_divergence": r"D_u = \sum_g p_{ug} \ln \frac{p_{ug}}{P_g}",
    "local_mutual_information": r"\frac{t_u}{T} D_u",
    "local_concentration_at_extremes": r"\text{ICE}_u = \frac{t_{u,\text{max}} - "
    r"t_{u,\text{min}}}{t_u}",
    "local_relative_centralisation": r"\text{RCE}_u = \sum_i X_{i-1} Y_i - \sum_i X_i Y_{i-1}",
    "local_distortion": r"C_u = \int f_u(d) dd",
}
# The indices of single units are stored as quotients or computed on request.
LOCAL: Final = {
    "location_quotient": {
        "sv": ("Lokaliseringskvot", ("Gruppens andel i området delad med andelen i det större "
               "området. 1 är samma andel, 2 dubbelt så stor.")),
        "en": ("Location quotient", ("The group's share in the area over its share in the larger "
               "one. 1 is the same share, 2 twice as large.")),
    },
    "local_entropy": {
        "sv": ("Områdets mångfald", ("Hur blandat området är. 0 är en enda grupp. Det är mångfald "
               "och inte segregation.")),
        "en": ("The area's diversity", ("How mixed the area is. 0 is a single group. It is "
               "diversity and not segregation.")),
    },
    "local_simpson": {
        "sv": ("Områdets blandning (Simpson)", ("Chansen att två personer i området hör till olika "
               "grupper.")),
        "en": ("The area's mix (Simpson)", ("The chance that two people of the area are of "
               "different groups.")),
    },
    "local_divergence": {
        "sv": ("Områdets avvikelse", ("Hur långt området ligger från regionens sammansättning. 0 "
               "är som regionen.")),
        "en": ("The area's divergence", ("How far the area is from the region's composition. 0 "
               "is like the region.")),
    },
    "local_mutual_information": {
        "sv": ("Områdets bidrag", ("Hur mycket området bidrar till regionens segregation "
               "(M). Bidragen summerar till M.")),
        "en": ("The area's contribution", ("How much the area adds to the region's segregation "
               "(M). The contributions add up to M.")),
    },
    "local_concentration_at_extremes": {
        "sv": ("Områdets ytterligheter", ("Andelen i den högsta klassen minus andelen i den "
               "lägsta. −1 är alla lägst, 1 alla högst.")),
        "en": ("The area's extremes", ("The share in the highest class less the share in the "
               "lowest. −1 is all lowest, 1 all highest.")),
    },
    "local_relative_centralisation": {
        "sv": ("Lokal centralisering", ("Om gruppen bor i området självt (mot 1) eller runt "
               "omkring det (mot −1).")),
        "en": ("Local centralisation", ("Whether the group lives in the area itself (towards 1) "
               "or around it (towards −1).")),
    },
    "local_distortion": {
        "sv": ("Lokal förvrängning", ("Hur långt man måste se från området för att se regionen som "
               "den är. 0 är genast, 1 så långt det går.")),
        "en": ("Local distortion", ("How far one must look from the area to see the region as it "
               "is. 0 is at once, 1 as far as can be.")),
    },
}  # fmt: skip
