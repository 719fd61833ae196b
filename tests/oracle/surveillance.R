# Detectors of R's surveillance over many series: Rscript surveillance.R SERIES.csv OUT.csv
# SERIES.csv has one series a column, one period a row, no names. OUT.csv: detector, series (from 1), period (from 1),
# upper, alarm, value. `value` is the p-value of Farrington Flexible and the statistic of GLR.
suppressMessages(library(surveillance))
paths <- commandArgs(trailingOnly = TRUE)
data <- as.matrix(read.csv(paths[1], header = FALSE))
n <- nrow(data)
out <- file(paths[2], "w")
writeLines("detector,series,period,upper,alarm,value", out)

keep <- function(detector, s, periods, upper, alarm, value = NA) {
  writeLines(sprintf("%s,%d,%d,%.15g,%d,%.15g", detector, s, periods, as.numeric(upper), as.integer(alarm),
                     as.numeric(value)), out)
}

flexible <- list(b = 4, w = 3, noPeriods = 10, pastWeeksNotIncluded = 26, weightsThreshold = 2.58, trend = TRUE,
                 pThresholdTrend = 1, alpha = 0.01, limit54 = c(0, 4), fitFun = "algo.farrington.fitGLM.flexible")
for (s in seq_len(ncol(data))) {
  y <- data[, s]
  series <- sts(observed = matrix(y), frequency = 52, start = c(2001, 1))
  for (method in c("C1", "C2", "C3")) {
    r <- earsC(series, control = list(method = method, baseline = 7, minSigma = 0.5))
    k <- tail(seq_along(r@control$range), 40)
    keep(method, s, r@control$range[k], r@upperbound[k, 1], r@alarm[k, 1])
  }
  last <- (n - 1):n
  r <- suppressWarnings(farrington(series, control = list(range = last, b = 4, w = 3, alpha = 0.01, limit54 = c(0, 4),
                                                          reweight = TRUE, trend = TRUE)))
  keep("farrington", s, last, r@upperbound[, 1], r@alarm[, 1])
  for (threshold in c("delta", "nbPlugin", "muan")) {
    r <- suppressWarnings(farringtonFlexible(series, control = c(list(range = last, thresholdMethod = threshold), flexible)))
    keep(threshold, s, last, r@upperbound[, 1], r@alarm[, 1], r@control$pvalue[, 1])
  }
  mean <- mean(y[1:208])
  tail <- 209:n
  for (transform in c("standard", "rossi", "anscombe")) {
    r <- cusum(series, control = list(range = tail, k = 1.04, h = 2.26, m = mean, trans = transform))
    keep(paste("cusum", transform), s, tail, NA, r@alarm[, 1])
  }
  r <- glrpois(series, control = list(range = tail, mu0 = rep(mean, length(tail)), c.ARL = 5, dir = "inc", ret = "value"))
  keep("glr", s, tail, NA, r@alarm[, 1], r@upperbound[, 1])
}
close(out)
