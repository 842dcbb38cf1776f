#!/usr/bin/env python3
"""Prints the first words of xoshiro256++ seeded by SplitMix64, for RandomStreamTests."""
M = 2**64 - 1


def splitmix64(x):
    while True:
        x = (x + 0x9E3779B97F4A7C15) & M
        z = x
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & M
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & M
        yield z ^ (z >> 31)


def rotl(x, k):
    return ((x << k) | (x >> (64 - k))) & M


def xoshiro256pp(s):
    while True:
        yield (rotl((s[0] + s[3]) & M, 23) + s[0]) & M
        t = (s[1] << 17) & M
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 45)


# The vector that implementations of xoshiro256++ share: state 1, 2, 3, 4 gives 41943041, 58720359, 3588806011781223, ...
check = xoshiro256pp([1, 2, 3, 4])
assert [next(check) for _ in range(4)] == [41943041, 58720359, 3588806011781223, 3591011842654386]
# And of SplitMix64: seed 1234567.
check = splitmix64(1234567)
assert [next(check) for _ in range(3)] == [6457827717110365317, 3203168211198807973, 9817491932198370423]

for seed in (0, 42, M):
    fill = splitmix64(seed)
    words = xoshiro256pp([next(fill) for _ in range(4)])
    print("[InlineData(0x%XUL, new ulong[] { %s })]" % (seed, ", ".join("0x%016X" % next(words) for _ in range(5))))
