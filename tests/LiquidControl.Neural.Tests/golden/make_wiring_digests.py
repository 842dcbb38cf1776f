#!/usr/bin/env python3
"""Writes wiring-digests.txt: random wirings of the reference library, ncps 1.0.1 (mlech26l/ncps@695ec22), with numpy 1.24.2.

Needs numpy and the folder of ncps' wirings.py as its argument. Each line: the recipe as a model file has it, then '|', the inputs, the
internal and the sensory synapses, and a fold of both matrices (h = 31 h + polarity + 1, row-major, internal first, modulo 2^64).
"""
import json
import random
import sys

import numpy as np

sys.path.insert(0, sys.argv[1])
import wirings

random.seed(20240601)


def line(name, inputs, **arguments):
    wiring = getattr(wirings, name)(**arguments)
    wiring.build(inputs)
    fold = 0
    for polarity in np.concatenate([wiring.adjacency_matrix.ravel(), wiring.sensory_adjacency_matrix.ravel()]).tolist():
        fold = (31 * fold + polarity + 1) % 2**64
    print(json.dumps({"class": name, **arguments}), "|", inputs, wiring.synapse_count, wiring.sensory_synapse_count, fold)


for _ in range(120):
    outputs = random.randint(1, 12)
    line("AutoNCP", random.randint(1, 40), units=outputs + random.randint(3, 60), output_size=outputs,
         sparsity_level=random.choice([0.1, 0.3, 0.7, 0.9, 1.0, round(random.uniform(0.1, 1.0), 3)]), seed=random.getrandbits(32))
for _ in range(120):
    inter, command, motor = random.randint(1, 30), random.randint(1, 20), random.randint(1, 10)
    line("NCP", random.randint(1, 40), inter_neurons=inter, command_neurons=command, motor_neurons=motor,
         sensory_fanout=random.randint(0, inter), inter_fanout=random.randint(0, command),
         recurrent_command_synapses=random.randint(0, 30), motor_fanin=random.randint(0, command), seed=random.getrandbits(32))
for _ in range(30):
    units = random.randint(1, 20)
    line("FullyConnected", random.randint(1, 20), units=units, output_dim=random.randint(1, units),
         erev_init_seed=random.getrandbits(random.choice([8, 32, 53])), self_connections=random.random() < 0.5)
# Beyond 100 units numpy chooses by another method, at low sparsity.
for most in [30] * 50 + [140] * 6:
    units = random.randint(1, most)
    line("Random", random.randint(1, most), units=units, output_dim=random.randint(1, units),
         sparsity_level=random.choice([0.0, 0.5, 0.75, round(random.uniform(0.0, 0.999), 3)]),
         random_seed=random.getrandbits(random.choice([8, 32, 53])))
line("Random", 3, units=128, sparsity_level=0.5)
line("Random", 128, units=101, sparsity_level=0.99)
line("AutoNCP", 300, units=400, output_size=20, sparsity_level=0.5)
# Here the reference library's bound on what a forgotten command neuron gets comes into play.
for seed in range(60):
    line("NCP", 2, inter_neurons=6, command_neurons=2, motor_neurons=1, sensory_fanout=1, inter_fanout=1, recurrent_command_synapses=0,
         motor_fanin=1, seed=seed)
