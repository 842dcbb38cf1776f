namespace LiquidControl.Training.Observing;

/// <summary>How the sensors are sampled in time. Each has its own rate and phase; questions come at random times whatever the regime.</summary>
public sealed record SamplingRegime
{
    /// <summary>Encoder samples a second at a rate factor of 1.</summary>
    public const double EncoderRate = 100.0;

    /// <summary>Gyro samples a second at a rate factor of 1.</summary>
    public const double GyroRate = 70.0;

    /// <summary>Current samples a second at a rate factor of 1.</summary>
    public const double CurrentRate = 40.0;

    /// <summary>Queries a second.</summary>
    public const double QueryRate = 60.0;

    private const double UsualJitter = 0.8;

    /// <summary>What the estimators are trained and tuned on.</summary>
    public static SamplingRegime Irregular { get; } = new() { Name = "irregular", Jitter = UsualJitter, DropProbability = 0.1 };

    /// <summary>What they are judged in, each on the same moves.</summary>
    public static IReadOnlyList<SamplingRegime> All { get; } =
    [
        Irregular,
        new() { Name = "regular" },
        Irregular with { Name = "drops", DropProbability = 0.4 },
        Irregular with { Name = "gaps", GapsPerSecond = 2.0, ShortestGap = 0.05, LongestGap = 0.15 },
        Irregular with { Name = "half", RateFactor = 0.5 },
        Irregular with { Name = "double", RateFactor = 2.0 },
    ];

    public required string Name { get; init; }

    /// <summary>Of every sensor's rate; the queries keep theirs.</summary>
    public double RateFactor { get; init; } = 1.0;

    /// <summary>A sample comes up to half this part of its period too early or too late, 0 to 1.</summary>
    public double Jitter { get; init; }

    /// <summary>Chance that a sample is lost.</summary>
    public double DropProbability { get; init; }

    /// <summary>Mean number of times a second that all sensors fall silent together.</summary>
    public double GapsPerSecond { get; init; }

    /// <summary>s.</summary>
    public double ShortestGap { get; init; }

    /// <summary>s.</summary>
    public double LongestGap { get; init; }
}
