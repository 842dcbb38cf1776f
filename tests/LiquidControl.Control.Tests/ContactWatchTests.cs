using Xunit;

namespace LiquidControl.Control.Tests;

public class ContactWatchTests
{
    private const double Dt = 0.002;

    private readonly ArmDescription _arm = TestArm.Create(lag: 0.0) with { CollisionTorque = [6.0, 6.0, 1.5] };

    [Fact]
    public void A_torque_that_comes_at_once_is_a_collision_and_one_that_comes_slowly_is_a_payload()
    {
        ContactWatch watch = Settled(out RobotState state);
        for (int k = 0; k < 1000; k++)
        {
            // 20 N·m within two seconds.
            state.DisturbanceTorque[1] = 0.02 * k;
            Assert.False(watch.Check(state), $"after {k} cycles");
        }

        state.DisturbanceTorque[1] += 6.5;
        int cycles = 1;
        while (!watch.Check(state))
            Assert.True(++cycles <= 5);
        Assert.True(cycles > 2, "one wrong frame is no collision");
    }

    [Fact]
    public void Each_joint_has_its_own_bound_and_no_sign()
    {
        ContactWatch watch = Settled(out RobotState state);
        state.DisturbanceTorque[0] = -5.5;
        Assert.False(Any(watch, state, cycles: 20));
        state.DisturbanceTorque[2] = -2.0;
        Assert.True(Any(watch, state, cycles: 5));
    }

    [Fact]
    public void After_a_reset_and_a_late_cycle_the_observer_may_settle()
    {
        var watch = new ContactWatch(_arm, new ControllerSettings());
        RobotState state = new(3) { Interval = Dt };
        state.DisturbanceTorque[0] = 9.0;
        Assert.False(Any(watch, state, cycles: 200));
        state.Interval = 5 * Dt;
        state.DisturbanceTorque[0] = -9.0;
        Assert.False(watch.Check(state));
        state.Interval = Dt;
        Assert.False(Any(watch, state, cycles: 200));
    }

    [Fact]
    public void Without_bounds_nobody_looks()
    {
        var watch = new ContactWatch(_arm with { CollisionTorque = [] }, new ControllerSettings());
        RobotState state = new(3) { Interval = Dt };
        Assert.False(Any(watch, state, cycles: 200));
        state.DisturbanceTorque[0] = 1e3;
        Assert.False(Any(watch, state, cycles: 20));
    }

    private ContactWatch Settled(out RobotState state)
    {
        var watch = new ContactWatch(_arm, new ControllerSettings());
        state = new RobotState(3) { Interval = Dt };
        Assert.False(Any(watch, state, cycles: 150));
        return watch;
    }

    private static bool Any(ContactWatch watch, RobotState state, int cycles)
    {
        bool any = false;
        for (int k = 0; k < cycles; k++)
            any |= watch.Check(state);
        return any;
    }
}
