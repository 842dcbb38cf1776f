using System.Diagnostics;
using LiquidControl.Control;
using LiquidControl.Devices;
using LiquidControl.Numerics;
using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Simulation.Tests;

public class SimulatedArmTests(ITestOutputHelper output)
{
    private static readonly double[] Posture = [0.3, 0.4, 0.2, 0.6, 0.7, -0.8];

    [Theory]
    [InlineData("ar4-dc")]
    [InlineData("ur5e")]
    public void A_seed_gives_the_same_bits_again_and_another_seed_others(string robot)
    {
        Assert.Equal(Run(robot, 4, 1).Hash, Run(robot, 4, 1).Hash);
        Assert.NotEqual(Run(robot, 4, 1).Hash, Run(robot, 5, 1).Hash);
    }

    [Fact]
    public void Another_controller_meets_the_same_plant_periods_and_drops()
    {
        Episode one = Run("ar4-dc", 6, 1);
        Episode other = Run("ar4-dc", 6, 2);
        Assert.NotEqual(one.Hash, other.Hash);
        Assert.Equal(one.Arm.Draw.MassFactors, other.Arm.Draw.MassFactors);
        Assert.Equal(one.Arm.Draw.PayloadMass, other.Arm.Draw.PayloadMass);
        Assert.Equal(one.Periods, other.Periods);
        Assert.Equal(one.Dropped, other.Dropped);
    }

    [Fact]
    public void Periods_and_drops_are_as_the_scenario_says()
    {
        Episode episode = Run("ar4-dc", 8, 1, cycles: 4000);
        Assert.InRange(episode.Periods.Min(), 1_000_000, 1_010_000);
        Assert.InRange(episode.Periods.Max(), 2_990_000, 3_000_000);
        Assert.Equal(2e6, episode.Periods.Average(), 5e4);
        Assert.InRange(episode.Dropped.Count(dropped => dropped) / 4000.0, 0.04, 0.06);
        Assert.Equal(episode.Dropped.Count(dropped => dropped), episode.Arm.DroppedFrames);
        Assert.Equal(episode.Periods.Sum(), episode.Arm.Clock.NowNs);
    }

    [Theory]
    [InlineData("ar4-dc")]
    [InlineData("ur5e")]
    public void The_drivers_read_the_posture_that_the_plant_has(string robot)
    {
        ArmDescription arm = Description(robot);
        SimulatedArm simulated = Make(robot, Scenario.Nominal, 1);
        simulated.Hardware.Configure();
        simulated.Reset(Posture);
        SensorFrame frame = new(6);
        Assert.Equal(HardwareFaults.None, simulated.Hardware.Read(0, frame));
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(ChannelStatus.Fresh, frame.EncoderStatus[i]);
            double turns = (arm.Encoders[i].Angle(frame.EncoderCounts[i]) - Posture[i]) / (2 * Math.PI);
            Assert.Equal(Math.Round(turns), turns, 0.51 / arm.Encoders[i].CountsPerTurn);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_drive_acts_as_many_periods_late_as_the_scenario_says(int delay)
    {
        SimulatedArm simulated = Make("ur5e", Scenario.Nominal with { DelayCycles = delay }, 1);
        simulated.Hardware.Configure();
        simulated.Reset(Posture);
        simulated.Hardware.Activate();
        double[] hold = new double[6];
        simulated.Plant.HoldingDrive(hold);
        double held = simulated.Plant.DriveTorque[1];
        for (int cycle = 0; cycle < 4; cycle++)
        {
            hold[1] = 0.9;
            simulated.Hardware.Write(hold);
            simulated.AdvanceCycle();
            Assert.Equal(cycle < delay, Math.Abs(simulated.Plant.DriveTorque[1] - held) < 1e-9);
        }
    }

    [Fact]
    public void An_arm_whose_controller_dies_loses_its_bridges_within_ten_milliseconds()
    {
        SimulatedArm simulated = Make("ar4-dc", Scenario.Nominal, 1);
        simulated.Hardware.Configure();
        simulated.Reset(Posture);
        simulated.Hardware.Activate();
        SensorFrame frame = new(6);
        double[] hold = new double[6];
        simulated.Plant.HoldingDrive(hold);
        for (int cycle = 0; cycle < 20; cycle++)
        {
            simulated.Hardware.Read(simulated.Clock.NowNs, frame);
            simulated.Hardware.Write(hold);
            simulated.AdvanceCycle();
        }

        Assert.True(simulated.Plant.BridgesEnabled);
        for (int i = 0; i < 6; i++)
            Assert.Equal(Posture[i], simulated.Plant.Position[i], 2e-3);
        for (int cycle = 0; cycle < 6; cycle++)
            simulated.AdvanceCycle();
        Assert.False(simulated.Plant.BridgesEnabled);
    }

    [Fact]
    public void A_cycle_allocates_nothing_and_its_speed_is_printed()
    {
        foreach (string robot in new[] { "ar4-dc", "ur5e" })
        {
            SimulatedArm simulated = Make(robot, Scenario.Perturbed, 3);
            simulated.Hardware.Configure();
            simulated.Reset(Posture);
            simulated.Hardware.Activate();
            SensorFrame frame = new(6);
            double[] drive = new double[6];
            Cycles(100);
            long before = GC.GetAllocatedBytesForCurrentThread();
            double best = 0;
            for (int round = 0; round < 8; round++)
            {
                long from = simulated.Clock.NowNs;
                long start = Stopwatch.GetTimestamp();
                Cycles(2500);
                best = Math.Max(best, (simulated.Clock.NowNs - from) * 1e-9 / Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            output.WriteLine($"{robot}: read, write, plant and sensors run {best:F0} times real time at {Description(robot).Rate:F0} Hz");

            void Cycles(int count)
            {
                for (int k = 0; k < count; k++)
                {
                    simulated.Hardware.Read(simulated.Clock.NowNs, frame);
                    drive[k % 6] = k % 400 < 200 ? 0.1 : -0.1;
                    simulated.Hardware.Write(drive);
                    simulated.AdvanceCycle();
                }
            }
        }
    }

    private static Episode Run(string robot, ulong seed, ulong controller, int cycles = 500)
    {
        SimulatedArm simulated = Make(robot, Scenario.Perturbed, seed);
        simulated.Hardware.Configure();
        simulated.Reset(Posture);
        simulated.Hardware.Activate();
        RandomStream random = new(controller);
        SensorFrame frame = new(6);
        double[] drive = new double[6];
        List<long> periods = [];
        List<bool> dropped = [];
        StateHash hash = default;
        for (int k = 0; k < cycles; k++)
        {
            simulated.Hardware.Read(simulated.Clock.NowNs, frame);
            for (int i = 0; i < 6; i++)
                drive[i] = random.Uniform(-0.1, 0.1);
            simulated.Hardware.Write(drive);
            long before = simulated.DroppedFrames;
            periods.Add(simulated.AdvanceCycle());
            dropped.Add(simulated.DroppedFrames > before);
            simulated.AddTo(ref hash);
            for (int i = 0; i < 6; i++)
                hash.Add(frame.EncoderCounts[i]);
        }

        return new(simulated, hash.Value, periods, dropped);
    }

    private static SimulatedArm Make(string robot, Scenario scenario, ulong seed) => SimulatedArm.ForEpisode(
        Description(robot), scenario, seed,
        robot == "ur5e" ? new IdealTorqueHardware(6) : new BoardElectronics(new EmulatedArmBoard(DcArmWiring.Ar4Dc)));

    private static ArmDescription Description(string robot) => robot == "ur5e" ? TestArms.Ur5e : TestArms.Ar4Dc;

    private sealed record Episode(SimulatedArm Arm, ulong Hash, List<long> Periods, List<bool> Dropped);
}
