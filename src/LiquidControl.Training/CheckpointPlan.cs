namespace LiquidControl.Training;

/// <summary>
/// Where a training keeps what it would need to go on after a sudden end, however sudden. The file is replaced in one step, at the start,
/// after every epoch, on a request to stop, and within an epoch as often as asked.
/// </summary>
/// <param name="Path">The file.</param>
public sealed record CheckpointPlan(string Path)
{
    /// <summary>The longest time of training that a sudden end can cost.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether to go on from the file: to the bits that an undisturbed training ends with. Otherwise the training starts anew and
    /// replaces it.
    /// </summary>
    public bool Resumes { get; init; }
}
