#!/usr/bin/env python3
"""Computes t, the weight of regular noise, for codes of rate 1/2; see the package mpc.lpn.

    python3 noise_weight.py > noise_weight.txt

For each length N: t from linear tests, and what three attacks on regular syndrome decoding cost
at that t, as log2 of bit operations. Estimates are optimistic for the attacker: linear algebra
with exponent 2, memory free.
"""
from math import ceil, inf, lgamma, log, log2

KAPPA = 128
# d/N of each code, below Gilbert and Varshamov's 0.110 for rate 1/2
DISTANCES = {"expand-convolute-21x24/1": 0.10, "expand-convolute-7x24/1": 0.05}
MULTIPLE = 8
EXPONENT = 2.0  # of linear algebra


def linear_tests(distance):
    """t with (1 - 2d/N)^t <= 2^-kappa (ePrint 2021/1150, Definition 3.1)."""
    return ceil(KAPPA / -log2(1 - 2 * distance) / MULTIPLE) * MULTIPLE


def information_sets(n, t):
    """Prange's algorithm with the t parities of the stretches (ePrint 2023/1568, section 4):
    a set of n - k - t free places is without noise, stretch by stretch."""
    k = n // 2
    free = (k - t) / n
    return -t * log2(1 - free) + EXPONENT * log2(n - k)


def log2_binomial(n, k):
    return (lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)) / log(2)


def witness_degree(variables, equations, t):
    """The first degree in which (1 + (v/t) z)^t / (1 + z)^e has no positive coefficient: the
    series of ePrint 2023/176, section 4, for v variables in t stretches and e linear equations
    over GF(2). By the recurrence of its coefficients, scaled."""
    a = variables / t
    # f'/f = t a / (1 + a z) - e / (1 + z):
    # (m+1) c[m+1] = (t a - e + m-terms): (1 + a z)(1 + z) f' = (t a (1 + z) - e (1 + a z)) f.
    before, now = 0.0, 1.0
    for m in range(0, 400):
        following = ((t * a - equations) - m * (1 + a)) * now
        following += ((t * a - equations * a) - (m - 1) * a) * before
        following /= m + 1
        if following <= 0:
            return m + 1
        scale = following
        before, now = now / scale, 1.0
    return inf


def algebra(n, t):
    """Hybrid of guessing a share u of each stretch as free of noise, and linear algebra in the
    monomials of the witness degree (ePrint 2023/176, sections 4 and 5)."""
    equations = n // 2 - t
    best = inf
    for step in range(0, 1000):
        u = step / 1000
        variables = n * (1 - u) - t
        if variables <= equations:
            degree = 1
        else:
            degree = witness_degree(variables, equations, t)
        if degree > t:
            continue
        monomials = log2_binomial(t, degree) + degree * log2(variables / t)
        best = min(best, -t * log2(1 - u) + EXPONENT * monomials)
        if degree == 1:
            break
    return best


def table(code, distance):
    t = linear_tests(distance)
    print(f"{code}: kappa {KAPPA}, d/N {distance}, rate 1/2, t {t}")
    print(f"{'log2 N':>6} {'linear tests':>13} {'information sets':>17} {'algebra':>8}")
    for log_n in range(12, 27):
        n = 1 << log_n
        costs = (-t * log2(1 - 2 * distance), information_sets(n, t), algebra(n, t))
        assert min(costs) >= KAPPA, (n, t, costs)
        print(f"{log_n:6} {costs[0]:13.1f} {costs[1]:17.1f} {costs[2]:8.1f}")


if __name__ == "__main__":
    for name, relative in DISTANCES.items():
        table(name, relative)
