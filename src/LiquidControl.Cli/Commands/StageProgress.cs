using LiquidControl.Training.Arm;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>Shows where a training on the arm stands, stage by stage; told from several threads at once.</summary>
internal static class StageProgress
{
    /// <summary>One bar a stage.</summary>
    public static Action<ArmTrainingProgress> Bars(ProgressContext context)
    {
        var gate = new Lock();
        var tasks = new Dictionary<string, ProgressTask>();
        return progress =>
        {
            lock (gate)
            {
                if (!tasks.TryGetValue(progress.Stage, out var task))
                {
                    task = context.AddTask(progress.Stage, maxValue: 1.0);
                    tasks.Add(progress.Stage, task);
                }

                task.Value = Math.Max(task.Value, progress.Fraction);
                task.Description = progress.Stage + Loss(progress);
            }
        };
    }

    /// <summary>One line a stage and epoch, for a log.</summary>
    public static Action<ArmTrainingProgress> Lines(TextWriter log)
    {
        var gate = new Lock();
        (string Stage, int Epoch) shown = ("", 0);
        return progress =>
        {
            lock (gate)
            {
                var now = (progress.Stage, progress.Training?.Epoch ?? 0);
                if (now == shown) return;
                shown = now;
                log.WriteLine(progress.Stage + Loss(progress));
            }
        };
    }

    private static string Loss(ArmTrainingProgress progress) => progress.Training is { } training
        ? FormattableString.Invariant($", epoch {training.Epoch} of {training.Epochs}, loss {training.Loss:G4}")
        : "";
}
