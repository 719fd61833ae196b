# The golden figures of this folder, by R's survey package (4.1-1) with R 4.2:  Rscript survey.R
# Writes households.csv (drawn by Park and Miller's generator, so that nothing depends on R's) and golden.csv:
# design,single,group,k,figure,estimate,error. Weights of the indicators a, b, c are 1/2, 1/4, 1/4; the gaps of a are ga.
suppressMessages(library(survey))
options(digits = 17)
state <- 20261121
draw <- function() {
  state <<- (16807 * state) %% 2147483647
  state / 2147483647
}
n <- 320
d <- data.frame(a = numeric(n), ga = 0, b = 0, c = 0, w = 0, s = 0, u = 0, g = "", stringsAsFactors = FALSE)
for (i in 1:n) {
  s <- 1 + floor(6 * draw())
  # stratum 6 has one unit only
  u <- if (s == 6) 60 else 10 * s + floor(5 * draw())
  ga <- max(0, floor(200 * (draw() - 0.45 - 0.02 * s)) / 128)
  d[i, 1:7] <- list(as.numeric(ga > 0), ga, as.numeric(draw() < 0.2 + u %% 3 / 5), as.numeric(draw() < 0.35),
                    (1 + floor(draw() * draw() * 4000)) / 16, s, u)
  d[i, "g"] <- c("x", "y", "z")[1 + floor(3 * draw())]
}
write.csv(d, "households.csv", row.names = FALSE, quote = FALSE)

d$one <- 1
d$score <- d$a / 2 + d$b / 4 + d$c / 4
designs <- list(strata = svydesign(ids = ~1, strata = ~s, weights = ~w, data = d),
                units = svydesign(ids = ~u, weights = ~w, data = d),
                both = svydesign(ids = ~u, strata = ~s, weights = ~w, data = d))
out <- NULL
ask <- function(design, single, group, k, name, y, x) {
  part <- if (group == "") design else subset(design, g == group)
  part <- update(part, yy = y[as.numeric(row.names(part$variables))], xx = x[as.numeric(row.names(part$variables))])
  r <- svyratio(~yy, ~xx, part)
  c(group, k, name, format(coef(r), digits = 17), format(sqrt(as.numeric(vcov(r))), digits = 17))
}
for (name in names(designs)) for (single in c("certainty", "adjust")) {
  if (name != "both" && single == "adjust") next
  options(survey.lonely.psu = single)
  for (group in c("", "x", "y", "z")) for (k in c("1/4", "1/2")) {
    poor <- as.numeric(d$score >= if (k == "1/4") 0.25 else 0.5)
    depth <- poor * d$score
    figures <- list(list("H", poor, d$one), list("A", depth, poor), list("M0", depth, d$one),
                    list("uncensored a", d$a, d$one), list("censored a", poor * d$a, d$one),
                    list("contribution a", poor * d$a / 2, depth), list("contribution b", poor * d$b / 4, depth),
                    list("M1", poor * (d$ga / 2 + d$b / 4 + d$c / 4), d$one),
                    list("M2", poor * (d$ga^2 / 2 + d$b / 4 + d$c / 4), d$one))
    for (f in figures) out <- rbind(out, c(name, single, ask(designs[[name]], single, group, k, f[[1]], f[[2]], f[[3]])))
  }
}
colnames(out) <- c("design", "single", "group", "k", "figure", "estimate", "error")
write.csv(out, "golden.csv", row.names = FALSE, quote = FALSE)
