using LiquidControl.Training;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>Shows where a training on the XOR task stands.</summary>
/// <param name="cell">What is trained.</param>
internal sealed class XorProgress(string cell)
{
    /// <summary>A bar that moves with every batch.</summary>
    public Action<TrainingProgress> Bar(ProgressContext context)
    {
        var task = context.AddTask(cell);
        return progress =>
        {
            task.MaxValue = progress.Batches;
            task.Value = progress.Batch;
            task.Description = $"{cell}, {Describe(progress)}";
        };
    }

    /// <summary>A line an epoch, for a log; the first line comes with the first batch.</summary>
    public Action<TrainingProgress> Lines(TextWriter log)
    {
        EpochRecord? shown = null;
        bool began = false;
        return progress =>
        {
            if (!began) log.WriteLine($"{cell}, {Describe(progress)}");
            else if (progress.LastEpoch != shown) log.WriteLine(Describe(progress));
            began = true;
            shown = progress.LastEpoch;
        };
    }

    private static string Describe(TrainingProgress progress)
    {
        string accuracy = progress.LastEpoch is { } last ? FormattableString.Invariant($", accuracy {100.0 * last.Score:F2} %") : "";
        string learned = FormattableString.Invariant($"epoch {progress.Epoch} of {progress.Epochs}, loss {progress.Loss:F4}{accuracy}");
        return FormattableString.Invariant($"{learned}, {progress.StepsPerSecond:N0} steps/s, {Time(progress.TimeLeft)} left");
    }

    private static string Time(TimeSpan time) => time.TotalHours >= 1.0
        ? FormattableString.Invariant($"{(int)time.TotalHours} h {time.Minutes:D2} min")
        : FormattableString.Invariant($"{time.Minutes} min {time.Seconds:D2} s");
}
