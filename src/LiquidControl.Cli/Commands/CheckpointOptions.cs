using System.CommandLine;
using LiquidControl.Training;

namespace LiquidControl.Cli.Commands;

/// <summary>--checkpoint and --resume, the same for everything that trains, and what is said where a training did not complete.</summary>
internal sealed class CheckpointOptions
{
    public Option<string?> Checkpoint { get; } = new("--checkpoint")
    {
        Description = "Where to keep what is needed to go on; removed at the end. [default: the output's name, ending in .checkpoint]",
        HelpName = "file",
    };

    public Option<bool> Resume { get; } = new("--resume")
    {
        Description = "Go on from the checkpoint, to the bits of a training that was never interrupted.",
    };

    /// <summary>Hours of work are neither begun twice by mistake nor overwritten.</summary>
    public CheckpointPlan Plan(ParseResult result, string output)
    {
        string path = result.GetValue(Checkpoint) ?? Path.ChangeExtension(output, ".checkpoint");
        bool resumes = result.GetValue(Resume);
        OutputFile.CheckFolder("--checkpoint", path);
        return (File.Exists(path), resumes) switch
        {
            (true, false) => throw new BadInputException(
                $"--checkpoint: {path} is there from a training that was interrupted. "
                + "Go on with it by --resume, or remove it to start anew."),
            (false, true) => throw new BadInputException(
                $"--resume: found no checkpoint {path}. Leave --resume out to start a training."),
            _ => new CheckpointPlan(path) { Resumes = resumes },
        };
    }

    /// <summary>Says what became of a training that did not complete, and how to go on; gives the exit code.</summary>
    public static int Unfinished(TrainingOutcome outcome, string message, CheckpointPlan plan, Terminal terminal)
    {
        if (outcome == TrainingOutcome.Cancelled)
        {
            terminal.Error.WriteLine($"{message} Nothing is lost: {plan.Path} has it all; go on with the same command and --resume.");
            return ExitCode.Cancelled;
        }

        terminal.Error.WriteLine($"error: {message} No network was written; lower --learning-rate. The last checkpoint is {plan.Path}.");
        return ExitCode.Missed;
    }
}
