# Alkire-Foster by R's survey package (svyratio) on a table of deprivations a, b (weights one half, k = 1/2) with w, s, u, g:
# Rscript need_survey.R TABLE.csv DESIGN, DESIGN one of "strata units", "strata", "units". Prints group,figure,estimate,error.
suppressMessages(library(survey))
options(survey.lonely.psu = "certainty", digits = 17)
arguments <- commandArgs(TRUE)
d <- read.csv(arguments[1])
d$score <- d$a / 2 + d$b / 2
d$poor <- as.numeric(d$score >= 0.5)
d$depth <- d$poor * d$score
d$one <- 1
design <- switch(arguments[2],
  "strata units" = svydesign(ids = ~u, strata = ~s, weights = ~w, data = d, nest = TRUE),
  "strata" = svydesign(ids = ~1, strata = ~s, weights = ~w, data = d),
  "units" = svydesign(ids = ~u, weights = ~w, data = d))
for (group in c("", sort(unique(d$g)))) {
  part <- if (group == "") design else subset(design, g == group)
  for (figure in list(c("H", "poor", "one"), c("A", "depth", "poor"), c("M0", "depth", "one"))) {
    r <- svyratio(as.formula(paste0("~", figure[2])), as.formula(paste0("~", figure[3])), part)
    cat(group, figure[1], format(coef(r), digits = 17), format(sqrt(as.numeric(vcov(r))), digits = 17), sep = ",")
    cat("\n")
  }
}
