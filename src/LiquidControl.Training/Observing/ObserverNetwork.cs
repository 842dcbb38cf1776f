using LiquidControl.Neural;
using LiquidControl.Training.Rivals;

namespace LiquidControl.Training.Observing;

/// <summary>A network that observes a joint, and what it is told of time.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="HasTimespans">Whether its timespans are the times that have passed; else all are the mean of the training's.</param>
/// <param name="ReadsInterval">Whether the time since the event before is one of its inputs.</param>
/// <param name="NewParameters">Its parameters for a number of inputs.</param>
public sealed record ObserverNetwork(string Name, bool HasTimespans, bool ReadsInterval, Func<int, NetworkParameters> NewParameters)
{
    /// <summary>The CfC as it is meant to be used.</summary>
    public const string TimedCfc = "cfc, timespans";

    /// <summary>The same, told nothing of time.</summary>
    public const string BlindCfc = "cfc, no time";

    /// <summary>The same, told of time as of anything else.</summary>
    public const string FedCfc = "cfc, dt input";

    /// <summary>The usual rival.</summary>
    public const string FedGru = "gru, dt input";

    private const int CfcUnits = 32;

    /// <summary>As many as give it the CfC's number of parameters.</summary>
    private const int GruUnits = 38;

    /// <summary>Two cells of the same size with every way to tell them the time.</summary>
    public static IReadOnlyList<ObserverNetwork> All { get; } =
    [
        new(TimedCfc, HasTimespans: true, ReadsInterval: false, Cfc),
        new("cfc, both", HasTimespans: true, ReadsInterval: true, Cfc),
        new(FedCfc, HasTimespans: false, ReadsInterval: true, Cfc),
        new(BlindCfc, HasTimespans: false, ReadsInterval: false, Cfc),
        new(FedGru, HasTimespans: false, ReadsInterval: true, Gru),
        new("gru, no time", HasTimespans: false, ReadsInterval: false, Gru),
    ];

    private static NetworkParameters Cfc(int inputs) => new(new CfcArchitecture
    {
        InputSize = inputs,
        Units = CfcUnits,
        BackboneUnits = CfcUnits,
        ProjectionSize = ObserverSequences.Targets,
    });

    private static NetworkParameters Gru(int inputs) => new(new GruArchitecture
    {
        InputSize = inputs,
        Units = GruUnits,
        OutputSize = ObserverSequences.Targets,
    });
}
