"""What the methods rest on."""

from __future__ import annotations

from typing import Final

TEXT: Final = """
Bell, W. (1954). A probability model for the measurement of ecological segregation. Social Forces
32, 357–364.

Carrington, W. J. & Troske, K. R. (1997). On measuring segregation in samples with small units.
Journal of Business & Economic Statistics 15, 402–409.

Allen, R., Burgess, S., Davidson, R. & Windmeijer, F. (2015). More reliable inference for the
dissimilarity index of segregation. Econometrics Journal 18, 40–66.

Davison, A. C. & Hinkley, D. V. (1997). Bootstrap Methods and their Application. Cambridge
University Press.

Duncan, O. D. & Duncan, B. (1955). A methodological analysis of segregation indexes. American
Sociological Review 20, 210–217.

Elbers, B. (2021). A method for studying differences in segregation across time and space.
Sociological Methods & Research.

Gower, J. C. (1971). A general coefficient of similarity and some of its properties. Biometrics
27, 857–871.

Hong, S.-Y. & Sadahiro, Y. (2014). Measuring geographic segregation: a graph-based approach.
Journal of Geographical Systems 16, 211–231.

Hundepool, A. et al. (2012). Statistical Disclosure Control. Wiley.

Hutchens, R. (2004). One measure of segregation. International Economic Review 45, 555–578.

Jargowsky, P. A. (1996). Take the money and run: economic segregation in U.S. metropolitan areas.
American Sociological Review 61, 984–998.

Karmel, T. & Maclachlan, M. (1988). Occupational sex segregation: increasing or decreasing?
Economic Record 64, 187–195.

Krieger, N. et al. (2016). Public health monitoring of privilege and deprivation with the index of
concentration at the extremes. American Journal of Public Health 106, 256–263.

Massey, D. S. & Denton, N. A. (1988). The dimensions of residential segregation. Social Forces 67,
281–315.

Mora, R. & Ruiz-Castillo, J. (2011). Entropy-based segregation indices. Sociological Methodology
41, 159–194.

Morrill, R. L. (1991). On the measure of geographic segregation. Geography Research Forum 11,
25–36.

OECD & JRC (2008). Handbook on Constructing Composite Indicators. OECD Publishing.

Olteanu, M., Randon-Furling, J. & Clark, W. A. V. (2019). Segregation through the multiscalar
lens. PNAS 116, 12250–12254.

Openshaw, S. (1984). The Modifiable Areal Unit Problem. Geo Books.

Reardon, S. F. (2009). Measures of ordinal segregation. Research on Economic Inequality 17,
129–155.

Reardon, S. F. & Bischoff, K. (2011). Income inequality and income segregation. American Journal
of Sociology 116, 1092–1153.

Reardon, S. F. & Firebaugh, G. (2002). Measures of multigroup segregation. Sociological
Methodology 32, 33–67.

Reardon, S. F. & O’Sullivan, D. (2004). Measures of spatial segregation. Sociological Methodology
34, 121–162.

Roberto, E. (2015). The divergence index: a decomposable measure of segregation and inequality.
arXiv 1508.01167.

Stearns, L. B. & Logan, J. R. (1986). Measuring trends in segregation: three dimensions, three
measures. Urban Affairs Quarterly 22, 124–150.

Theil, H. & Finizza, A. J. (1971). A note on the measurement of racial integration of schools by
means of informational concepts. Journal of Mathematical Sociology 1, 187–193.

White, M. J. (1983). The measurement of spatial segregation. American Journal of Sociology 88,
1008–1018.

Winship, C. (1977). A revaluation of indexes of residential segregation. Social Forces 55,
1058–1066.

Wong, D. W. S. (1993). Spatial indices of segregation. Urban Studies 30, 559–572.
"""
LITERATURE: Final = tuple(" ".join(one.split()) for one in TEXT.split("\n\n"))
