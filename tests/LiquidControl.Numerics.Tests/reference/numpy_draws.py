#!/usr/bin/env python3
"""Writes numpy_draws.txt: what numpy 1.24.2 draws from seeds (Debian 12: python3-numpy).

Each line: generator, seed, draw, its arguments, ':', how many numbers came, their fold (h = 31 h + number, modulo 2^64), the first
eight of them, and after ';' the next 32-bit word, which shows that nothing more and nothing less was drawn.
"""
import numpy as np

print("# numpy", np.__version__)


def line(name, seed, draw, arguments, numbers, word):
    fold = 0
    for number in numbers:
        fold = (31 * fold + int(number)) % 2**64
    print(name, seed, draw, *arguments, ":", len(numbers), fold, *[int(number) for number in numbers[:8]], ";", word)


def legacy_word(state):
    return state.randint(0, 2**32, dtype=np.uint32)


def generator_word(generator):
    # The full range takes a 32-bit word as it is.
    return generator.integers(0, 2**32, dtype=np.uint32)


for seed in (0, 1, 22222, 2**31, 2**32 - 1):
    state = np.random.RandomState(seed)
    line("legacy", seed, "words", (2000,), [legacy_word(state) for _ in range(2000)], legacy_word(state))
    for most in (0, 1, 2, 4, 7, 8, 1000, 2**31, 2**32 - 2):
        state = np.random.RandomState(seed)
        line("legacy", seed, "interval", (most, 700), [state.randint(0, most + 1) for _ in range(700)], legacy_word(state))
    for population, count in ((0, 0), (1, 1), (5, 0), (11, 5), (700, 700), (20000, 300)):
        state = np.random.RandomState(seed)
        line("legacy", seed, "choice", (population, count), state.choice(population, count, replace=False), legacy_word(state))

for seed in (0, 1, 1111, 2**32 - 1, 2**32, 2**53 - 1, 2**64 - 1):
    generator = np.random.default_rng(seed)
    line("generator", seed, "long-words", (200,), generator.bit_generator.random_raw(200), generator_word(generator))
    for most in (0, 1, 2, 4, 7, 8, 1000, 2**31, 2**32 - 2):
        generator = np.random.default_rng(seed)
        line("generator", seed, "interval", (most, 701), [generator.integers(0, most + 1) for _ in range(701)],
             generator_word(generator))
    # Floyd's method at small populations and small samples, a shuffled tail beyond.
    for population, count in ((0, 0), (1, 1), (5, 0), (11, 5), (700, 700), (10000, 10000), (10001, 10001), (10001, 200), (10001, 201),
                              (20000, 400), (20000, 401), (20001, 20000)):
        generator = np.random.default_rng(seed)
        line("generator", seed, "choice", (population, count), generator.choice(population, count, replace=False),
             generator_word(generator))
