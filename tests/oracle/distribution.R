# Both tails of nine distributions over wide grids by R's own p-functions, for tests/stat/distribution.c:
#     Rscript tests/oracle/distribution.R > tests/stat/distribution.inc
rows <- function(family, f, x, a = 0, b = 0) {
  grid <- unique(expand.grid(x = x, a = a, b = b))
  add(family, f, grid$x, grid$a, grid$b)
}
add <- function(family, f, x, a = 0, b = 0) {
  p <- f(x, a, b, TRUE)
  q <- f(x, a, b, FALSE)
  keep <- is.finite(p) & is.finite(q) & p > 1e-290 & q > 1e-290
  cat(sprintf("{%s, %.17g, %.17g, %.17g, %.17g, %.17g},\n", family, x, a, b, p, q)[keep], sep = "")
}
cat("/* Written by tests/oracle/distribution.R with", R.version.string, "*/\n")
rows("NORMAL", function(x, a, b, l) pnorm(x, lower.tail = l),
     c(0, 1e-8, .1, .5, 1, 1.96, 3, 5, 8, 12, 20, 30, 36, -.25, -2.5, -7, -25))
for (a in c(1e-5, .03, .4, .5, 1, 2.5, 7, 16, 33.3, 150, 900, 9999, 10001, 1e5, 1e7)) {
  r <- c(1e-6, 1e-3, .05, .3, .7, .95, .999, 1, 1.002, 1.05, 1.3, 1.9, 3, 8, 25)
  add("GAMMA", function(x, a, b, l) pgamma(x, a, lower.tail = l), if (a >= 1) a * r else r, a, 1)
  add("CHI2", function(x, a, b, l) pchisq(x, a, lower.tail = l), 2.1 * a, 2 * a)
}
rows("BETA", function(x, a, b, l) pbeta(x, a, b, lower.tail = l),
     c(1e-9, 1e-3, .04, .25, .5, .625, .875, .96875), c(.01, .5, 1, 3, 12.5, 80, 700, 2e4), c(.02, .5, 1, 4, 30, 500, 1e4))
rows("T", function(x, a, b, l) pt(x, a, lower.tail = l),
     c(-4, -1.5, -.1, 0, 1e-5, .3, 1.2, 2, 6, 20, 1e3), c(.2, 1, 2, 3.5, 10, 29, 300, 1e4, 1e6))
rows("F", function(x, a, b, l) pf(x, a, b, lower.tail = l),
     c(1e-4, .2, .9, 1.1, 2.5, 9, 60, 1e4), c(.5, 1, 3, 20, 100), c(1, 7.5, 30, 1000))
for (m in c(1e-8, .02, .7, 3, 12.25, 90, 1500, 30000, 2e6)) {
  k <- floor(m)
  s <- floor(sqrt(m)) + 1
  add("POISSON", function(x, a, b, l) ppois(x, a, lower.tail = l),
      unique(c(0, 1, 2, 5, k, k + 1, k + 3 * s, k + 9 * s, max(0, k - 4 * s), 2 * k + 20)), m)
}
for (n in c(1, 7, 40, 365, 10000)) for (p in c(1e-6, .01, .3, .5, .85, .999)) {
  k <- unique(c(0, 1, n %/% 10, n %/% 3, n %/% 2, floor(n * p), n - 2, n - 1))
  add("BINOMIAL", function(x, a, b, l) pbinom(x, a, b, lower.tail = l), k[k >= 0 & k < n], n, p)
}
for (m in c(1e-4, .3, 4, 55, 2000)) for (size in c(.01, .4, 1, 6, 250, 1e6))
  add("NB", function(x, a, b, l) pnbinom(x, size = b, mu = a, lower.tail = l),
      unique(c(0, 1, 3, floor(m), 2 * floor(m) + 5, 6 * floor(m) + 30, 40 * floor(m) + 200)), m, size)
