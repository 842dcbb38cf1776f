namespace LiquidControl.Benchmarks.Harness;

/// <summary>A variant that can be made here.</summary>
/// <param name="Group">What it is compared within: a size, a robot.</param>
/// <param name="Name">Within its group.</param>
/// <param name="Make">Makes one, from its initial state.</param>
internal sealed record VariantOffer(string Group, string Name, Func<Variant> Make)
{
    /// <summary>The one that the others of its group are measured by; at most one.</summary>
    public bool IsYardstick { get; init; }

    /// <summary>Whether it is what a robot of this project runs.</summary>
    public bool IsOurs { get; init; }

    /// <summary>Whether its instructions are worth counting.</summary>
    public bool CountsInstructions { get; init; } = true;

    /// <summary>Whether single steps of it are timed besides.</summary>
    public bool TimesSingleSteps { get; init; }
}
