using LiquidControl.Neural;

namespace LiquidControl.Training.Arm;

/// <summary>The end of an arm's training.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Message">What happened in which stage, for a person.</param>
/// <param name="Stages">The stages that learned, in order; none where it was stopped before.</param>
public sealed record ArmTrainingResult(TrainingOutcome Outcome, string Message, IReadOnlyList<ArmTrainingStage> Stages)
{
    /// <summary>The network after the last stage.</summary>
    public Model Model => Stages[^1].Result.Model;
}

/// <summary>A stage that learned.</summary>
/// <param name="Name">As <see cref="ArmTrainingProgress"/> has it.</param>
/// <param name="Result">What came of it.</param>
public sealed record ArmTrainingStage(string Name, TrainingResult Result);
