namespace LiquidControl.Cli.Reports;

/// <summary>What `bench training --json` prints a row of; sequence steps a second, forward, backward and through Adam.</summary>
/// <param name="Network">Which one.</param>
/// <param name="Threads">That shared the work.</param>
/// <param name="SequenceStepsPerSecond">Median of the rounds.</param>
/// <param name="Slowest">Of the rounds.</param>
/// <param name="Fastest">Of the rounds.</param>
/// <param name="SequenceStepsPerProcessorSecond">Median of the rounds, per second that a processor worked.</param>
internal sealed record TrainingTimeRow(
    string Network, int Threads, double SequenceStepsPerSecond, double Slowest, double Fastest, double SequenceStepsPerProcessorSecond);
