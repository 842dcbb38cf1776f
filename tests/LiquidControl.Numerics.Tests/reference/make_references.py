#!/usr/bin/env python3
"""Writes elementary.txt: high-precision references for the elementary functions.

Needs mpmath (Debian: python3-mpmath). Each line: function, argument bits (atan2: y then x), bits of the correctly rounded
result, and the bits of what the exact result lies above that, in ulp of it. Deterministic.
"""
import math
import random
import struct
import sys

from mpmath import mp, mpf, pi

mp.prec = 1400  # sin of 1e308 needs the full argument against pi
random.seed(20240601)


def bits(x):
    return "%016X" % struct.unpack("<Q", struct.pack("<d", x))[0]


def from_bits(b):
    return struct.unpack("<d", struct.pack("<Q", b))[0]


def log_uniform(low, high):
    return math.exp(random.uniform(math.log(low), math.log(high)))


def signed(values):
    return [v if random.random() < 0.5 else -v for v in values]


SPECIAL_TINY = [5e-324, 1e-320, 2.2250738585072014e-308, 2.2250738585072009e-308, 1e-300, 1e-100, 1e-20, 1e-10, 2.0**-27, 2.0**-26]


def neighbours(x, reach=2):
    out = [x]
    up = down = x
    for _ in range(reach):
        up = math.nextafter(up, math.inf)
        down = math.nextafter(down, -math.inf)
        out += [up, down]
    return out


def angles():
    xs = signed([random.uniform(0, 0.8) for _ in range(200)])
    xs += signed([random.uniform(0.7, 10) for _ in range(300)])
    xs += signed([random.uniform(10, 1.1e6) for _ in range(200)])
    xs += signed([log_uniform(1e6, 1e308) for _ in range(150)])
    xs += signed([log_uniform(1e-300, 1) for _ in range(50)])
    for k in list(range(1, 40)) + [random.randrange(40, 2**19) for _ in range(40)] + [2**random.randrange(20, 900) + 1 for _ in range(20)]:
        nearest = float(mpf(k) * pi / 2)
        xs += [nearest, math.nextafter(nearest, math.inf), -nearest]
    for k in range(1, 12):
        xs.append(float(mpf(2 * k - 1) * pi / 4))
    # The double nearest to a multiple of pi/2 relative to its size (Kahan; 6381956970095103 * 2^797), and the top of the range.
    xs += [math.ldexp(6381956970095103.0, 797), sys.float_info.max, -sys.float_info.max, 1e6, 1.000000000001e6]
    # The multiples of pi/2 below 1e6 where a reduction in three parts loses most: found by trying all 636 619 of them.
    worst = ["0x1.39c6fd67805a7p+18", "0x1.39c6fd67805a7p+19", "0x1.a9adcc7f96cf0p+19", "0x1.93c05c9ed3cbcp+19", "0x1.6c6cbc45dc8dep+5"]
    xs += [float.fromhex(x) for x in worst]
    return xs + SPECIAL_TINY


def unit_interval():
    xs = signed([random.uniform(0, 1) for _ in range(500)])
    xs += signed([1 - log_uniform(1e-16, 0.5) for _ in range(150)])
    xs += signed([log_uniform(1e-300, 1) for _ in range(100)])
    for edge in (0.5, 0.975):
        xs += neighbours(edge) + neighbours(-edge)
    return xs + SPECIAL_TINY + [1.0, -1.0, math.nextafter(1, 0), -math.nextafter(1, 0)]


def exp_arguments():
    xs = [random.uniform(-2, 2) for _ in range(400)]
    xs += [random.uniform(-745.2, 709.8) for _ in range(400)]
    xs += [random.uniform(-745.13, -708) for _ in range(60)]
    xs += signed([log_uniform(1e-300, 1) for _ in range(60)])
    for k in range(-30, 31):
        xs.append((k + 0.5) * math.log(2))
    return xs + SPECIAL_TINY + [709.782712893384, 709.7827128933839, -745.1332191019411, -708.3964185322641]


def positive():
    xs = [random.uniform(0.5, 2) for _ in range(400)]
    xs += [log_uniform(1e-307, 1e308) for _ in range(300)]
    xs += [1 + s * log_uniform(1e-15, 0.1) for s in (1, -1) for _ in range(100)]
    xs += [from_bits(random.randrange(1, 2**52)) for _ in range(50)]
    return xs + SPECIAL_TINY + neighbours(1.0) + neighbours(math.sqrt(0.5)) + neighbours(math.sqrt(2)) + [sys.float_info.max]


def tanh_arguments():
    xs = signed([random.uniform(0, 1) for _ in range(400)])
    xs += signed([random.uniform(0.5, 23) for _ in range(400)])
    xs += signed([log_uniform(1e-300, 1) for _ in range(60)])
    return xs + neighbours(0.625) + neighbours(22.0) + SPECIAL_TINY + [30.0, 1e10, 1e308]


def erf_arguments():
    xs = signed([random.uniform(0, 1.3) for _ in range(500)])
    xs += signed([random.uniform(1.2, 6.1) for _ in range(400)])
    xs += signed([log_uniform(1e-307, 1) for _ in range(60)])
    for edge in (0.84375, 1.25, 1 / 0.35, 6.0):
        xs += neighbours(edge)
    return xs + SPECIAL_TINY + [27.0, 1e308]


def sigmoid_arguments():
    return signed([random.uniform(0, 4) for _ in range(300)]) + signed([random.uniform(0, 740) for _ in range(200)]) + SPECIAL_TINY


def points():
    ps = [(random.gauss(0, 1), random.gauss(0, 1)) for _ in range(500)]
    ps += [(s * log_uniform(1e-308, 1e308), t * log_uniform(1e-308, 1e308)) for s in (1, -1) for t in (1, -1) for _ in range(50)]
    for _ in range(100):
        x = log_uniform(1e-323, 1.7e308) * random.choice((1, -1))
        y = x * random.uniform(0.3, 3)
        if math.isfinite(y):
            ps.append((y, x))
    for c in (7 / 16, 11 / 16, 19 / 16, 39 / 16):
        ps += [(n * 3.0, 3.0) for n in neighbours(c)] + [(n, -1.0) for n in neighbours(c)]
    ps += [(5e-324, 5e-324), (1e-323, 5e-324), (sys.float_info.max, sys.float_info.max), (5e-324, 1.0), (1.0, 5e-324), (1e-310, -3e-310)]
    return ps


FUNCTIONS = [
    ("sin", angles, mp.sin),
    ("cos", angles, mp.cos),
    ("asin", unit_interval, mp.asin),
    ("acos", unit_interval, mp.acos),
    ("exp", exp_arguments, mp.exp),
    ("log", positive, mp.log),
    ("tanh", tanh_arguments, mp.tanh),
    ("erf", erf_arguments, mp.erf),
    ("sigmoid", sigmoid_arguments, lambda x: 1 / (1 + mp.exp(-x))),
    ("atan2", points, mp.atan2),
]


def nearest(value):
    """The double nearest to value; float() of an mpf rounds subnormals twice, so those are rounded here."""
    if abs(value) >= mpf(2) ** -1022:
        return float(value)
    return math.ldexp(int(mp.nint(mp.ldexp(value, 1074))), -1074)


with open(sys.argv[1] if len(sys.argv) > 1 else "elementary.txt", "w", newline="\n") as out:
    for name, arguments, function in FUNCTIONS:
        for argument in arguments():
            argument = argument if isinstance(argument, tuple) else (argument,)
            # Only sin and cos of large angles need the long precision; mpmath's own pi follows it.
            mp.prec = 1400 if name in ("sin", "cos") else 1300 if name == "tanh" and abs(argument[0]) < 1e-3 else 400
            value = function(*[mpf(a) for a in argument])
            high = nearest(value)
            rest = float((value - mpf(high)) / mpf(math.ulp(high)))
            out.write(" ".join([name] + [bits(a) for a in argument] + [bits(high), bits(rest)]) + "\n")
