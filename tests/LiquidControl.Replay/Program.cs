using System.Runtime.InteropServices;
using LiquidControl.Replay;

// Prints a line per case: architecture, subject, part, inputs, seed, hash. Every machine must print the same hashes.
foreach (ReplayCase replay in ReplayCase.All())
    Console.WriteLine($"{RuntimeInformation.ProcessArchitecture} {replay.Name} {replay.Hash():x16}");
