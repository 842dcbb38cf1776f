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
    private readonly double[] _holding;
    private readonly PlantParameters _described;
    private readonly CurrentScale[] _currents;

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
        _electronics = electronics;
        _described = PlantParameters.From(arm) with { Effects = effects };
        PlantParameters parameters = draw.Apply(_described);
        Plant = new Plant(parameters);
        Draw = draw;
        Truth = new TaskSpaceTruth(Plant);
        _sensors = new(arm, parameters.Model, scenario.Noise, streams.Sensors);
        _readings = new(arm.JointCount);
        _periods = new(rate ?? arm.Rate, scenario.PeriodJitter, streams.Periods);
        _drops = streams.Drops;
        _delay = new(scenario.DelayCycles, arm.JointCount);
        _holding = new double[arm.JointCount];
        _currents = arm.Currents;
        DropProbability = scenario.DropProbability;
        SensorFaults = new(arm.Encoders);
        DriveFaults = new(arm.JointCount);
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

    /// <summary>Of the control rate.</summary>
    public long NominalPeriodNs => _periods.NominalNs;

    /// <summary>For whoever puts faults on its sensors.</summary>
    public SensorFaults SensorFaults { get; }

    /// <summary>For whoever puts faults on its drives.</summary>
    public DriveFaults DriveFaults { get; }

    /// <summary>Chance that a cycle's encoder frame is lost; the scenario's, unless set.</summary>
    public double DropProbability { get; set; }

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
        SensorFaults.Apply(_readings, 0.0);
        _electronics.AdvanceTo(Clock.NowNs);
        _electronics.Publish(_readings, dropEncoders: false);
    }

    /// <summary>What the tool carries from now on, kg: it picks something up, or loses it.</summary>
    public void Carry(double payload) => Plant.Carry((Draw with { PayloadMass = payload }).Apply(_described).Model);

    /// <summary>Moves on by the next period of the episode and returns its length, ns.</summary>
    public long AdvanceCycle()
    {
        long period = _periods.NextNs();
        Advance(period);
        return period;
    }

    /// <summary>Moves on by a period, ns, under the drives now present at the bridges.</summary>
    /// <param name="periodNs">How long.</param>
    /// <param name="mayDrop">Whether chance may lose an encoder frame: once a control period, however many steps it is made of.</param>
    public void Advance(long periodNs, bool mayDrop = true)
    {
        _electronics.CopyDrives(_delay.Input);
        DriveFaults.Apply(_delay.Input);
        Plant.BridgesEnabled = _electronics.BridgesEnabled;
        Plant.Advance(periodNs * 1e-9, _delay.Shift());
        Clock.Advance(periodNs);
        _sensors.Sample(Plant, _readings);
        DriveFaults.Apply(_readings, _currents);
        SensorFaults.Apply(_readings, periodNs * 1e-9);
        bool drop = mayDrop && _drops.NextDouble() < DropProbability;
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
