namespace LiquidControl.Fuzz;

/// <summary>What became of an input.</summary>
public enum FuzzOutcome
{
    /// <summary>It was sound.</summary>
    Accepted,

    /// <summary>It was refused with the error that the reader declares.</summary>
    Refused,

    /// <summary>An error that the reader does not declare.</summary>
    Undeclared,

    /// <summary>It was refused with a message that is empty, does not name the file, or has a line that nobody would read.</summary>
    Unclear,

    /// <summary>More memory than the input is worth.</summary>
    Greedy,

    /// <summary>More time than any input is worth.</summary>
    Slow,
}
