using LiquidControl.Control;
using LiquidControl.Numerics;

namespace LiquidControl.Simulation;

/// <summary>
/// A whole simulated arm under a virtual clock: plant, sensors and electronics of one episode. Use: Read and Write
/// <see cref="Hardware"/> at <see cref="VirtualClock.NowNs"/>, then <see cref="AdvanceCycle"/>, and again. On a real arm a drive acts from
/// its write on; here it acts over the whole period that follows, and <see cref="Scenario.DelayCycles"/> periods later if the scenario says so.
/// </summary>
public sealed class SimulatedArm
{
    private readonly IArmElectronics _electronics;
    private readonly SensorModel _sensors;
    private readonly SensorReadings _readings;
    private readonly PeriodStream _periods;
    private readonly RandomStream _drops;
    private readonly DriveDelay _delay;
    private readonly Scenario _scenario;
    private readonly double[] _holding;

    /// <param name="arm">The arm as it is described (not as a controller with a wrong model believes it).</param>
    /// <param name="scenario">What the episode's plant differs by.</param>
    /// <param name="draw">This episode's plant.</param>
    /// <param name="streams">This episode's random streams.</param>
    /// <param name="electronics">What stands between plant and controller.</param>
    /// <param name="rate">Control rate, Hz; null for the arm's own.</param>
    /// <param name="effects">What the joints do beyond the description, one entry a joint; needed if the scenario has effects.</param>
    public SimulatedArm(
        ArmDescription arm, Scenario scenario, ScenarioDraw draw, EpisodeStreams streams, IArmElectronics electronics, double? rate = null,
        JointEffects[]? effects = null)
    {
        ArgumentNullException.ThrowIfNull(arm);
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(draw);
        ArgumentNullException.ThrowIfNull(streams);
        ArgumentNullException.ThrowIfNull(electronics);
        _scenario = scenario;
        _electronics = electronics;
        PlantParameters parameters = draw.Apply(PlantParameters.From(arm) with { Effects = effects });
        Plant = new Plant(parameters);
        Draw = draw;
        Truth = new TaskSpaceTruth(Plant);
        _sensors = new(arm, parameters.Model, scenario.Noise, streams.Sensors);
        _readings = new(arm.JointCount);
        _periods = new(rate ?? arm.Rate, scenario.PeriodJitter, streams.Periods);
        _drops = streams.Drops;
        _delay = new(scenario.DelayCycles, arm.JointCount);
        _holding = new double[arm.JointCount];
    }

    /// <summary>The arm of an episode: plant, noise, periods and drops follow from the seed alone.</summary>
    public static SimulatedArm ForEpisode(
        ArmDescription arm, Scenario scenario, ulong seed, IArmElectronics electronics, double? rate = null, JointEffects[]? effects = null)
    {
        ArgumentNullException.ThrowIfNull(arm);
        EpisodeStreams streams = new(seed);
        return new(arm, scenario, ScenarioDraw.From(scenario, streams, arm.JointCount), streams, electronics, rate, effects);
    }

    public Plant Plant { get; }

    public ScenarioDraw Draw { get; }

    public TaskSpaceTruth Truth { get; }

    public VirtualClock Clock { get; } = new();

    /// <summary>What the controller reads and writes.</summary>
    public IArmHardware Hardware => _electronics.Hardware;

    /// <summary>Encoder frames lost so far.</summary>
    public long DroppedFrames { get; private set; }

    /// <summary>At rest at a configuration, rad, held by its drives until now. The clock goes on; call before the first cycle.</summary>
    public void Reset(ReadOnlySpan<double> position)
    {
        Plant.Reset(position);
        Plant.HoldingDrive(_holding);
        _delay.Fill(_holding);
        DroppedFrames = 0;
        _sensors.Sample(Plant, _readings);
        _electronics.AdvanceTo(Clock.NowNs);
        _electronics.Publish(_readings, dropEncoders: false);
    }

    /// <summary>Moves on by the next period of the episode and returns its length, ns.</summary>
    public long AdvanceCycle()
    {
        long period = _periods.NextNs();
        Advance(period);
        return period;
    }

    /// <summary>Moves on by a period, ns, under the drives now present at the bridges.</summary>
    public void Advance(long periodNs)
    {
        _electronics.CopyDrives(_delay.Input);
        Plant.BridgesEnabled = _electronics.BridgesEnabled;
        Plant.Advance(periodNs * 1e-9, _delay.Shift());
        Clock.Advance(periodNs);
        _sensors.Sample(Plant, _readings);
        bool drop = _drops.NextDouble() < _scenario.DropProbability;
        if (drop) DroppedFrames++;
        _electronics.AdvanceTo(Clock.NowNs);
        _electronics.Publish(_readings, drop);
    }

    /// <summary>Adds every bit of the plant's state and the clock.</summary>
    public void AddTo(ref StateHash hash)
    {
        Plant.AddTo(ref hash);
        hash.Add(Clock.NowNs);
    }
}
