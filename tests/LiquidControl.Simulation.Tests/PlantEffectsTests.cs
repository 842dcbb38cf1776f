using System.Diagnostics;
using LiquidControl.Numerics;
using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Simulation.Tests;

/// <summary>The whole of ar4-dc with flexible joints, play, ripple and cables.</summary>
public class PlantEffectsTests(ITestOutputHelper output)
{
    private static readonly double[] Start = [0.2, 0.3, 0.1, 0.4, 0.5, 0.1];

    private static PlantParameters Parameters => PlantParameters.From(TestArms.Ar4Dc) with { Effects = TestArms.Ar4DcEffects };

    [Fact]
    public void An_arm_starts_at_rest_with_its_shafts_twisted_by_what_they_carry()
    {
        Plant plant = new(Parameters);
        plant.Reset(Start);
        double[] gravity = new double[6];
        RecursiveNewtonEuler.InverseDynamics(
            TestArms.Ar4Dc.Model, new RigidBodyWorkspace(TestArms.Ar4Dc.Model), Start, new double[6], new double[6], gravity);
        double[] hold = new double[6], rotors = new double[6];
        plant.HoldingDrive(hold);
        for (int i = 0; i < 6; i++)
        {
            JointEffects effects = TestArms.Ar4DcEffects[i];
            double carried = gravity[i] + effects.Cable * Math.Sin(Start[i]);
            rotors[i] = plant.RotorPosition(i);
            Assert.Equal(carried * effects.Compliance + Math.Sign(carried) * 0.25e-3, rotors[i] - Start[i], 1e-12);
            Assert.Equal(carried - effects.Ripple * Math.Sin(effects.RipplePerTurn * rotors[i]), plant.DriveTorque[i], 1e-9);
        }

        plant.Advance(5, hold);
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(Start[i], plant.Position[i], 1e-9);
            Assert.Equal(rotors[i], plant.RotorPosition(i), 1e-9);
        }
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e-8)]
    public void Stiff_joints_without_other_effects_move_as_the_rigid_arm_does(double compliance)
    {
        JointEffects stiff = new() { Compliance = compliance, DampingRatio = 1 };
        double[] rigid = EndOf(PlantParameters.From(TestArms.Ar4Dc), 1e-3);
        double[] flexible = EndOf(PlantParameters.From(TestArms.Ar4Dc) with { Effects = [stiff, stiff, stiff, stiff, stiff, stiff] }, 1e-3);
        double distance = Distance(rigid, flexible);
        output.WriteLine($"compliance {compliance} rad/(N·m): {distance:E2} rad from the rigid arm after 0.4 s");
        Assert.InRange(distance, 0, 20 * compliance + 2e-5);
    }

    [Fact]
    public void Effects_of_size_nothing_change_no_bit()
    {
        double[] without = EndOf(PlantParameters.From(TestArms.Ar4Dc), 1e-3);
        double[] with = EndOf(PlantParameters.From(TestArms.Ar4Dc) with { Effects = new JointEffects[6] }, 1e-3);
        Assert.Equal(without, with);
    }

    [Fact]
    public void Shorter_steps_converge_to_one_motion()
    {
        double[] reference = EndOf(Parameters, 1e-3 / 64);
        double coarse = Distance(EndOf(Parameters, 1e-3), reference);
        double quarter = Distance(EndOf(Parameters, 2.5e-4), reference);
        double sixteenth = Distance(EndOf(Parameters, 6.25e-5), reference);
        output.WriteLine($"against steps of 1/64 ms after 0.4 s: 1 ms {coarse:E2} rad, 1/4 ms {quarter:E2} rad, 1/16 ms {sixteenth:E2} rad");
        Assert.InRange(coarse, 0, 5e-3);
        Assert.InRange(quarter / coarse, 0, 0.5);
        Assert.InRange(sixteenth / quarter, 0, 0.5);
    }

    [Fact]
    public void Driven_about_wildly_the_arm_stays_whole_and_its_steps_settle()
    {
        Plant plant = new(Parameters);
        plant.Reset(Start);
        RandomStream random = new(3);
        double[] drive = new double[6];
        double largest = 0;
        for (int k = 0; k < 4000; k++)
        {
            for (int i = 0; i < 6; i++)
                drive[i] = random.Uniform(-0.6, 0.6);
            plant.Advance(random.Uniform(2.5e-3, 7.5e-3), drive);
            for (int i = 0; i < 6; i++)
                largest = Math.Max(largest, Math.Abs(plant.RotorPosition(i) - plant.Position[i]) - 0.25e-3);
        }

        output.WriteLine($"largest twist {largest * 1e3:F2} mrad, {plant.UnsettledSteps} of some 22000 steps unsettled");
        Assert.InRange(largest, 0, 0.1);
        Assert.InRange(plant.UnsettledSteps, 0, 20);
    }

    [Fact]
    public void Advancing_allocates_nothing()
    {
        Plant plant = new(Parameters);
        plant.Reset(Start);
        double[] drive = [0.1, -0.2, 0.1, 0.3, -0.3, 0.2];
        plant.Advance(0.01, drive);
        long before = GC.GetAllocatedBytesForCurrentThread();
        plant.Advance(1, drive);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void An_episode_is_given_by_its_seed_and_rotors_and_cables_are_part_of_its_state()
    {
        Assert.Equal(HashOf(1), HashOf(1));
        Assert.NotEqual(HashOf(1), HashOf(2));
        Plant plant = new(Parameters);
        plant.Reset(Start);
        StateHash before = default, after = default;
        plant.AddTo(ref before);
        plant.Reset(Start, new double[6]);
        plant.AddTo(ref after);
        Assert.Equal(before.Value, after.Value);
    }

    [Fact]
    public void Effects_that_cannot_be_are_refused()
    {
        Refused("2 entries", new JointEffects[2]);
        Refused("joint 3 is -1", With(2, new() { Ripple = -1 }));
        Refused("joint 1 is NaN", With(0, new() { Cable = double.NaN }));
        Refused("Joint 6 has Backlash but no Compliance", With(5, new() { Backlash = 1e-3 }));
        PlantParameters weightless = Parameters;
        Assert.Contains(
            "its rotor no inertia",
            Assert.Throws<ArgumentException>(() => new Plant(weightless with { Model = weightless.Model.WithArmature(new double[6]) })).Message,
            StringComparison.Ordinal);

        static JointEffects[] With(int joint, JointEffects effect)
        {
            JointEffects[] effects = [.. TestArms.Ar4DcEffects];
            effects[joint] = effect;
            return effects;
        }

        static void Refused(string message, JointEffects[] effects) => Assert.Contains(
            message, Assert.Throws<ArgumentException>(() => new Plant(Parameters with { Effects = effects })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_effects_cost_is_printed()
    {
        Plant[] plants = [new(PlantParameters.From(TestArms.Ar4Dc)), new(Parameters)];
        double[] best = [double.PositiveInfinity, double.PositiveInfinity];
        double[] drive = new double[6];
        RandomStream random = new(3);
        foreach (Plant plant in plants)
            plant.Reset(Start);
        for (int round = 0; round < 40; round++)
        {
            for (int i = 0; i < 6; i++)
                drive[i] = random.Uniform(-0.3, 0.3);
            for (int which = 0; which < 2; which++)
            {
                long start = Stopwatch.GetTimestamp();
                plants[which].Advance(1, drive);
                best[which] = Math.Min(best[which], Stopwatch.GetElapsedTime(start).TotalMicroseconds / 1000);
            }
        }

        output.WriteLine($"{best[0]:F2} us a step of 1 ms without, {best[1]:F2} us with: {best[1] / best[0]:F2} times");
    }

    private static ulong HashOf(ulong seed)
    {
        SimulatedArm arm = SimulatedArm.ForEpisode(
            TestArms.Ar4Dc, Scenario.Unmodelled, seed, new IdealTorqueHardware(6), effects: TestArms.Ar4DcEffects);
        arm.Reset(Start);
        for (int k = 0; k < 20; k++)
            arm.AdvanceCycle();
        StateHash hash = default;
        arm.AddTo(ref hash);
        return hash.Value;
    }

    private static double[] EndOf(PlantParameters parameters, double step)
    {
        Plant plant = new(parameters);
        plant.Reset(Start);
        double[] hold = new double[6];
        double[] drive = new double[6];
        plant.HoldingDrive(hold);
        int steps = (int)Math.Round(0.4 / step);
        for (int k = 0; k < steps; k++)
        {
            double push = k * step < 0.2 ? 0.25 : 0;
            for (int i = 0; i < 6; i++)
                drive[i] = hold[i] + (i % 2 == 0 ? push : -push);
            plant.Advance(step, drive);
        }

        return plant.Position.ToArray();
    }

    private static double Distance(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();
}
