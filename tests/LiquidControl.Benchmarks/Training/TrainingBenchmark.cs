using System.Diagnostics;
using System.Text.Json;
using LiquidControl.Benchmarks.Harness;
using LiquidControl.Training;

namespace LiquidControl.Benchmarks.Training;

/// <summary>Whole trainings, loading of the batches included, on two threads; the networks take turns.</summary>
internal static class TrainingBenchmark
{
    private const int Threads = 2;
    private const int Rounds = 15;
    private const int EpochsOfRound = 2;

    /// <summary>Prints the rows as a JSON array on standard output.</summary>
    public static void Run(Effort effort)
    {
        int rounds = effort == Effort.Quick ? 1 : Rounds;
        SequenceSet[] data = [.. TrainingSize.All.Select(static size => size.NewData())];
        List<double>[] wall = [.. data.Select(static _ => new List<double>())];
        List<double>[] processor = [.. data.Select(static _ => new List<double>())];
        for (int round = 0; round < rounds; round++)
        {
            Console.Error.WriteLine($"Training, round {round + 1} of {rounds} ...");
            for (int i = 0; i < data.Length; i++)
            {
                TimeSpan busy = Environment.CpuUsage.TotalTime;
                long start = Stopwatch.GetTimestamp();
                Train(TrainingSize.All[i], data[i]);
                double steps = EpochsOfRound * data[i].TotalSteps;
                wall[i].Add(steps / Stopwatch.GetElapsedTime(start).TotalSeconds);
                processor[i].Add(steps / (Environment.CpuUsage.TotalTime - busy).TotalSeconds);
            }
        }

        TrainingRow[] rows =
        [
            .. TrainingSize.All.Select((size, i) => new TrainingRow(
                size.Name, Threads, new Quantiles([.. wall[i]]).Median, wall[i].Min(), wall[i].Max(),
                new Quantiles([.. processor[i]]).Median)),
        ];
        Console.WriteLine(JsonSerializer.Serialize(rows, TrainingJson.Default.TrainingRowArray));
    }

    private static void Train(TrainingSize size, SequenceSet data)
    {
        TrainingOptions options = new()
        {
            Epochs = EpochsOfRound,
            BatchSize = size.BatchSize,
            ChunkSteps = size.Steps,
            TimespanUnit = 1.0,
            Threads = Threads,
        };
        TrainingResult result = NetworkTrainer.Train(data, size.Network, options);
        if (result.Outcome != TrainingOutcome.Completed)
            throw new InvalidOperationException($"{size.Name}: {result.Message}");
    }
}
