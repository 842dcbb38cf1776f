using LiquidControl.Control;
using LiquidControl.Devices;
using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Simulation.Tests.Cycle;

/// <summary>
/// The whole controller of ar4-dc on its real drivers, emulated chips and a plant that differs from its model (masses 20 % too high, friction
/// 20 % too low). Every step is held against the limits that must hold whatever happens, and its allocations are counted.
/// </summary>
internal sealed class CycleRig
{
    /// <summary>What the plant may exceed its limits by: faults.md, position + 2°, velocity + 10 %.</summary>
    private const double PositionMargin = 2 * Math.PI / 180;

    private const double VelocityFactor = 1.1;
    private const double Period = 0.002;

    private AllocationMeter _allocation;
    private readonly BoardElectronics _electronics = new(new EmulatedArmBoard(DcArmWiring.Ar4Dc));

    public CycleRig(
        ControllerKind kind = ControllerKind.CtEso, Func<ArmDescription, LiquidPolicy>? policy = null, Scenario? scenario = null, ulong seed = 1,
        ControllerSettings? settings = null)
    {
        Simulated = SimulatedArm.ForEpisode(TestArms.Ar4Dc, scenario ?? Noisy, seed, _electronics);
        Clock = new SkewedClock(Simulated.Clock);
        Cycle = new ControlCycle(
            Believed, settings ?? new ControllerSettings(), kind, Simulated.Hardware, Clock, policy?.Invoke(Believed));
        Cycle.Configure();
    }

    public static double[] Home { get; } = Radians(-50, -15, 30, -30, 25, -45);

    public static double[] Place { get; } = Radians(45, 32, 3, 0, 55, 0);

    public static ArmDescription Believed { get; } = ModelError.Evaluation.Apply(
        TestArms.Ar4Dc with { Poses = new Dictionary<string, double[]> { ["home"] = Home, ["place"] = Place } });

    public static Scenario Noisy { get; } = new() { Name = "noisy", Noise = SensorNoise.Typical };

    public SimulatedArm Simulated { get; }

    public SkewedClock Clock { get; }

    public ControlCycle Cycle { get; }

    public EmulatedArmBoard Board => _electronics.Board;

    public BusFaults Faults => Board.Faults;

    /// <summary>Bytes that all steps so far allocated.</summary>
    public long Allocated => _allocation.Total;

    /// <summary>Largest distance of a true joint from a posture, rad.</summary>
    public double DistanceTo(double[] posture) => posture.Select((q, i) => Math.Abs(q - Simulated.Plant.Position[i])).Max();

    public double Fastest => Simulated.Plant.Velocity.ToArray().Max(Math.Abs);

    public CycleRecord Newest => Cycle.Ring.Newest(0);

    /// <summary>Held at a posture under control for a tenth of a second.</summary>
    public static CycleRig HoldingAt(
        double[] posture, ControllerKind kind = ControllerKind.CtEso, Func<ArmDescription, LiquidPolicy>? policy = null, Scenario? scenario = null,
        ulong seed = 1)
    {
        var rig = new CycleRig(kind, policy, scenario, seed);
        rig.Activate(posture);
        rig.Run(0.1);
        return rig;
    }

    /// <summary>On the way from home to place, at about full speed.</summary>
    public static CycleRig InMotion(
        ControllerKind kind = ControllerKind.CtEso, Func<ArmDescription, LiquidPolicy>? policy = null, Scenario? scenario = null, ulong seed = 1)
    {
        CycleRig rig = HoldingAt(Home, kind, policy, scenario, seed);
        rig.Cycle.Setpoints.Post(Place);
        rig.Run(0.5);
        Assert.Equal(ReferencePhase.Move, rig.Cycle.Reference.Phase);
        Assert.True(rig.Fastest > 0.8, $"fastest joint {rig.Fastest} rad/s");
        return rig;
    }

    public void Activate(double[] posture)
    {
        Simulated.Reset(posture);
        Cycle.Activate();
    }

    /// <summary>An arm without power is held at a posture by hand, until the controller sees it stand.</summary>
    public void HoldStill(double[] posture)
    {
        for (int k = 0; k < 100; k++)
        {
            Simulated.Reset(posture);
            Step();
        }
    }

    /// <summary>One cycle and the period after it.</summary>
    public ControlState Step()
    {
        _allocation.Start();
        ControlState state = Cycle.Step();
        _allocation.Stop();
        RequireTorqueWithinLimits();
        Simulated.AdvanceCycle();
        return state;
    }

    public void Run(double seconds)
    {
        for (int k = 0; k < seconds / Period; k++)
            Step();
    }

    /// <summary>Steps until the state is reached and returns the time that took, s; fails after the time given.</summary>
    public double RunUntil(ControlState state, double within)
    {
        for (double time = Period; ; time += Period)
        {
            if (Step() == state)
                return time;
            Assert.True(time < within + 1e-9, $"{state} was to be reached within {within} s; after {time:F3} s the state is {Cycle.State}, faults {Cycle.Faults}");
        }
    }

    /// <summary>Runs on and holds the plant against its limits in every cycle.</summary>
    public void RunWithinLimits(double seconds)
    {
        for (int k = 0; k < seconds / Period; k++)
        {
            Step();
            RequirePlantWithinLimits();
        }
    }

    private void RequirePlantWithinLimits()
    {
        for (int i = 0; i < 6; i++)
        {
            double q = Simulated.Plant.Position[i], v = Simulated.Plant.Velocity[i];
            var limit = TestArms.Ar4Dc.Limits[i];
            Assert.True(q <= limit.Upper + PositionMargin && q >= limit.Lower - PositionMargin, $"joint {i + 1} at {q} rad, state {Cycle.State}");
            Assert.True(Math.Abs(v) <= VelocityFactor * limit.Velocity, $"joint {i + 1} at {v} rad/s, state {Cycle.State}");
        }
    }

    private void RequireTorqueWithinLimits()
    {
        for (int i = 0; i < 6; i++)
        {
            Assert.True(Math.Abs(Cycle.Command.Torque[i]) <= TestArms.Ar4Dc.Limits[i].Torque, $"joint {i + 1}: torque {Cycle.Command.Torque[i]}");
            Assert.True(Math.Abs(Newest.Drive[i]) <= 1.0, $"joint {i + 1}: drive {Newest.Drive[i]}");
        }
    }

    private static double[] Radians(params double[] degrees) => [.. degrees.Select(angle => angle * Math.PI / 180)];

    /// <summary>The arm's clock, and an error of it.</summary>
    internal sealed class SkewedClock(VirtualClock clock) : IClock
    {
        /// <summary>ns.</summary>
        public long Skew { get; set; }

        /// <summary>By how much the error grows whenever somebody looks, ns: the time that passes while a cycle computes.</summary>
        public long NsPerLook { get; set; }

        public long NowNs => clock.NowNs + (Skew += NsPerLook);
    }
}
