using System.Text.Json.Serialization;

namespace LiquidControl.Benchmarks.Training;

/// <summary>A line of the result: sequence steps forward, backward and through Adam in a second, over rounds.</summary>
/// <param name="Network">Which one.</param>
/// <param name="Threads">That shared the work.</param>
/// <param name="SequenceStepsPerSecond">Median of the rounds.</param>
/// <param name="Slowest">Of the rounds.</param>
/// <param name="Fastest">Of the rounds.</param>
/// <param name="SequenceStepsPerProcessorSecond">
/// Median of the rounds, per second that a processor worked: what is left of the figure when others use the machine too.
/// </param>
internal sealed record TrainingRow(
    string Network, int Threads, double SequenceStepsPerSecond, double Slowest, double Fastest, double SequenceStepsPerProcessorSecond);

/// <summary>Made at compile time, as a program compiled ahead of time needs it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TrainingRow[]))]
internal sealed partial class TrainingJson : JsonSerializerContext;
