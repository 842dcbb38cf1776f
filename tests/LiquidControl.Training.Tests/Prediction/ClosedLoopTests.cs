using LiquidControl.Control;
using LiquidControl.Control.Tests;
using LiquidControl.Neural.Ode;
using LiquidControl.Robotics;
using LiquidControl.Simulation;
using LiquidControl.Training.Prediction;
using Xunit;

namespace LiquidControl.Training.Tests.Prediction;

public class ClosedLoopTests
{
    private static readonly ControllerSettings Settings = new();

    /// <summary>Without friction the law's error dynamics are exactly what it was designed for, and those have a closed form.</summary>
    private static readonly ArmDescription Arm = TestArm.Create() with { Friction = new JointFriction[3] };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_friction_the_integrated_equations_give_the_laws_own_closed_form(bool moves)
    {
        var (estimate, reference) = moves ? UnderWay() : Standing();

        Assert.InRange(Error(estimate, reference, 200), 0.0, 1e-9);
    }

    [Fact]
    public void Half_the_step_gives_a_sixteenth_of_the_error_where_the_plan_is_smooth()
    {
        var (estimate, reference) = Standing();

        Assert.InRange(Error(estimate, reference, 16) / Error(estimate, reference, 32), 12.0, 24.0);
    }

    [Fact]
    public void With_the_right_parameters_the_observed_loop_goes_where_the_believed_one_goes()
    {
        var (estimate, reference) = UnderWay();
        Array.Clear(estimate.Disturbance);

        double[] believed = Integrate(new BelievedLoop(Arm, Settings), estimate, reference, 0.2, 200);
        double[] observed = Integrate(new TrueLoop(PlantParameters.From(Arm), Arm, Settings), estimate, reference, 0.2, 200);

        for (int i = 0; i < 6; i++) Assert.Equal(believed[i], observed[i], 1e-9);
    }

    [Fact]
    public void A_payload_nobody_knows_of_pulls_the_true_loop_down_until_the_observer_has_seen_it()
    {
        var (estimate, reference) = UnderWay();
        Array.Clear(estimate.Disturbance);
        var loaded = PlantParameters.From(Arm) with
        {
            Model = Arm.Model.WithPayload(new BodyInertia(1.0, new Vector3(0, 0, 0.3), Matrix3.Identity * 1e-3)),
        };

        double early = Fall(0.05), late = Fall(3.0);

        Assert.InRange(early, 1e-4, 0.1);
        Assert.InRange(late, 0.0, 0.2 * early);

        double Fall(double time)
        {
            double[] free = Integrate(new TrueLoop(PlantParameters.From(Arm), Arm, Settings), estimate, reference, time, 3000);
            double[] heavy = Integrate(new TrueLoop(loaded, Arm, Settings), estimate, reference, time, 3000);
            return Math.Abs(heavy[1] - free[1]);
        }
    }

    /// <summary>The largest difference of a position or velocity after 0.2 s to the closed form's.</summary>
    private static double Error(RobotState estimate, ReferenceGenerator reference, int steps)
    {
        double[] position = new double[3], velocity = new double[3];
        new TrackingForecast(3, Settings.TrackingBandwidth).At(estimate, reference, 0.2, position, velocity);
        double[] state = Integrate(new BelievedLoop(Arm, Settings), estimate, reference, 0.2, steps);
        return Enumerable.Range(0, 3).Max(i => Math.Max(Math.Abs(state[i] - position[i]), Math.Abs(state[3 + i] - velocity[i])));
    }

    private static double[] Integrate(ClosedLoop loop, RobotState estimate, ReferenceGenerator reference, double time, int steps)
    {
        double[] state = new double[loop.Size];
        loop.Begin(estimate, reference, state);
        Assert.Equal(OdeResult.Ok, new RungeKutta4<double>(loop, steps).Advance(time, state));
        Assert.Equal(time, state[^1], 1e-9);
        return state;
    }

    /// <summary>A quarter of a second into a move.</summary>
    private static (RobotState Estimate, ReferenceGenerator Reference) UnderWay()
    {
        var (_, reference) = Standing();
        reference.MoveTo([1.2, 1.0, 0.9]);
        reference.Advance(0.25, 0.0);
        return (Beside(reference), reference);
    }

    private static (RobotState Estimate, ReferenceGenerator Reference) Standing()
    {
        var reference = new ReferenceGenerator(Arm.Limits);
        reference.HoldAt([0.2, 0.4, -0.3]);
        return (Beside(reference), reference);
    }

    /// <summary>A little off the plan, under a disturbance that the estimate knows.</summary>
    private static RobotState Beside(ReferenceGenerator reference)
    {
        var estimate = new RobotState(3);
        for (int i = 0; i < 3; i++)
        {
            estimate.Position[i] = reference.Now.Position[i] + 0.002 * (i + 1);
            estimate.Velocity[i] = reference.Now.Velocity[i] - 0.03 * (i + 1);
            estimate.Disturbance[i] = 1.5 - i;
        }

        return estimate;
    }
}
