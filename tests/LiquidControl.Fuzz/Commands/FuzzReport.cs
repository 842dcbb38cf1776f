using System.Text.Json.Serialization;

namespace LiquidControl.Fuzz.Commands;

/// <summary>What a run found.</summary>
/// <param name="Target">The reader.</param>
/// <param name="Seconds">How long it was fuzzed.</param>
/// <param name="Executions">Inputs run.</param>
/// <param name="ExecutionsPerSecond">On average.</param>
/// <param name="Edges">Branches seen.</param>
/// <param name="Started">Inputs it started from.</param>
/// <param name="Corpus">Inputs that reached something new, those included.</param>
/// <param name="Crashes">Inputs that broke a promise.</param>
/// <param name="Hangs">Inputs that did not end.</param>
/// <param name="LargestAllocation">By one input, bytes.</param>
/// <param name="Seed">Of the random numbers.</param>
/// <param name="Findings">The files of crashes and hangs, each with what was wrong.</param>
internal sealed record FuzzReport(
    string Target, int Seconds, long Executions, double ExecutionsPerSecond, int Edges, int Started, int Corpus, int Crashes, int Hangs,
    long LargestAllocation, long Seed, IReadOnlyList<FuzzFinding> Findings);

/// <summary>An input that a reader did not stand.</summary>
/// <param name="File">The input.</param>
/// <param name="Message">What went wrong, in one line.</param>
internal sealed record FuzzFinding(string File, string Message);

/// <summary>The replay of one input.</summary>
internal sealed record ReplayReport(string File, int Length, FuzzOutcome Outcome, string Message, long Allocated, double Milliseconds);

/// <summary>A reader, as `list` shows it.</summary>
internal sealed record TargetReport(string Name, string Description, int Corpus, IReadOnlyList<string> Assemblies);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(FuzzReport))]
[JsonSerializable(typeof(ReplayReport[]))]
[JsonSerializable(typeof(TargetReport[]))]
internal sealed partial class FuzzJson : JsonSerializerContext;
