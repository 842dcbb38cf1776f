using LiquidControl.Neural.Kernels;
using LiquidControl.Robotics;
using LiquidControl.Simulation;
using Xunit;

namespace LiquidControl.Hosting.Tests;

public sealed class RobotConfigurationTests
{
    [Theory]
    [InlineData("ar4-dc")]
    [InlineData("ur5e")]
    public void The_shipped_robots_load(string name)
    {
        var robot = RobotConfiguration.Load(RobotFile.Shipped(name));

        Assert.Equal(name, robot.Arm.Name);
        Assert.Equal(6, robot.Arm.JointCount);
        Assert.Equal(500.0, robot.Arm.Rate);
        Assert.Equal((1.2, 0.8), (robot.Simulation.ModelMassScale, robot.Simulation.ModelFrictionScale));
    }

    [Fact]
    public void Degrees_and_milliseconds_become_si_units()
    {
        var arm = RobotConfiguration.Load(RobotFile.Shipped("ar4-dc")).Arm;

        Assert.Equal(-42.0 * Math.PI / 180.0, arm.Limits[1].Lower, 15);
        Assert.Equal(120.0 * Math.PI / 180.0, arm.Limits[1].Velocity, 14);
        Assert.Equal(400.0 * Math.PI / 180.0, arm.Limits[1].Acceleration, 13);
        Assert.Equal(0.003, arm.TorqueLag, 15);
        Assert.Equal(45.0 * Math.PI / 180.0, arm.Poses["place"][0], 15);
        Assert.Equal(24.0, arm.NominalSupply);
    }

    [Fact]
    public void What_the_joints_do_beyond_the_model_is_stated_at_the_joint()
    {
        var robot = RobotConfiguration.Load(RobotFile.Shipped("ar4-dc"));
        var effects = robot.EffectsIn(Scenario.Unmodelled)!;

        Assert.Equal([4000.0, 4000.0, 4000.0, 400.0, 400.0, 400.0], effects.Select(effect => Math.Round(1.0 / effect.Compliance, 9)));
        Assert.Equal([0.44, 0.44, 0.256, 0.064, 0.064, 0.0288], effects.Select(effect => Math.Round(effect.Ripple, 9)));
        Assert.Equal([300.0, 300.0, 300.0, 240.0, 240.0, 180.0], effects.Select(effect => effect.RipplePerTurn));
        Assert.All(effects, effect => Assert.Equal((0.01, 0.5e-3), (effect.DampingRatio, effect.Backlash)));
        Assert.Equal((0.3, 0.1), (effects[0].Cable, effects[0].CableHysteresis));
        Assert.Equal((0.06, 0.02), (effects[5].Cable, effects[5].CableHysteresis));
        Assert.Null(robot.EffectsIn(Scenario.Perturbed));
    }

    [Fact]
    public void A_robot_that_states_no_effects_is_refused_where_they_are_needed()
    {
        var robot = RobotConfiguration.Load(RobotFile.Shipped("ur5e"));

        Assert.Null(robot.EffectsIn(Scenario.Perturbed));
        var error = Assert.Single(Assert.Throws<RobotConfigurationException>(() => robot.EffectsIn(Scenario.Unmodelled)).Errors);
        Assert.Equal((robot.Path, "simulation.unmodelled", "nothing"), (error.File, error.Key, error.Found));
    }

    [Fact]
    public void The_motors_of_ar4_dc_give_their_torque_at_the_current_limit()
    {
        var arm = RobotConfiguration.Load(RobotFile.Shipped("ar4-dc")).Arm;

        Assert.Equal([22.0, 22.0, 12.8, 3.2, 3.2, 1.44], arm.Motors!.Select(motor => Math.Round(motor.MaxTorque, 9)));
        Assert.Equal([4.0, 5.0, 3.0, 0.6, 0.6, 0.25], arm.ResidualBound);
        for (int i = 0; i < 6; i++) Assert.Equal(arm.Motors![i].ReflectedInertia, arm.Model.Armature[i]);
        Assert.Equal(50.0 * 50.0 * 3.0e-5, arm.Model.Armature[0], 15);
    }

    [Fact]
    public void The_wiring_of_ar4_dc_is_the_reference_wiring()
    {
        var wiring = RobotConfiguration.Load(RobotFile.Shipped("ar4-dc")).Wiring!;
        var reference = Devices.DcArmWiring.Ar4Dc;

        wiring.Validate();
        Assert.Equal(reference.Joints, wiring.Joints);
        Assert.Equal(reference with { Joints = wiring.Joints }, wiring);
    }

    [Fact]
    public void Ideal_torque_sources_have_neither_motors_nor_wiring()
    {
        var robot = RobotConfiguration.Load(RobotFile.Shipped("ur5e"));

        Assert.Null(robot.Arm.Motors);
        Assert.Null(robot.Wiring);
        Assert.Empty(robot.Arm.Currents);
        Assert.Equal([15.0, 15.0, 15.0, 2.8, 2.8, 2.8], robot.Arm.ResidualBound);
    }

    [Theory]
    [InlineData("ar4-dc")]
    [InlineData("ur5e")]
    public void Home_and_place_are_far_apart_and_the_way_between_any_two_poses_is_clear(string name)
    {
        var arm = RobotConfiguration.Load(RobotFile.Shipped(name)).Arm;
        var workspace = new RigidBodyWorkspace(arm.Model);
        double[] home = arm.Poses["home"], place = arm.Poses["place"];
        var from = ForwardKinematics.Tool(arm.Model, workspace, home).Translation;
        var to = ForwardKinematics.Tool(arm.Model, workspace, place).Translation;

        Assert.True((from - to).Norm >= 0.4);
        for (int i = 0; i < 6; i++) Assert.True(Math.Abs(place[i] - home[i]) >= 20.0 * Math.PI / 180.0);
        foreach (double[] a in arm.Poses.Values)
        {
            foreach (double[] b in arm.Poses.Values) AssertClear(arm, workspace, a, b);
        }
    }

    [Fact]
    public void The_policy_and_the_urdf_are_found_relative_to_the_file()
    {
        using var file = new RobotFile();

        var robot = file.Load();

        Assert.Equal(file.UrdfPath, robot.UrdfPath);
        Assert.Equal(Path.Combine(Path.GetDirectoryName(file.Path)!, "policy.safetensors"), robot.PolicyPath);
    }

    [Theory]
    [InlineData("precision = \"int16\"", KernelPrecision.Fixed16)]
    [InlineData("precision = \"int32\"", KernelPrecision.Fixed32)]
    [InlineData("precision = \"float\"", KernelPrecision.Binary32)]
    [InlineData("", KernelPrecision.Binary32)]
    public void The_networks_numbers_are_chosen_in_the_file(string line, KernelPrecision expected)
    {
        using var file = new RobotFile();
        file.Replace("precision = \"float\"", line);

        Assert.Equal(expected, file.Load().PolicyPrecision);
    }

    [Fact]
    public void A_tool_offset_moves_the_tool_centre_point_along_the_urdfs_tool()
    {
        using var plain = new RobotFile();
        using var offset = new RobotFile();
        offset.Replace("# Where the tool", "[tool]\nxyz_m = [0.01, 0.0, 0.05]\nrpy_deg = [0, 0, 90]\n\n# Where the tool");
        var bare = plain.Load().Arm.Model.Tool;
        var tool = offset.Load().Arm.Model.Tool;

        Assert.True((tool.Translation - bare * new Vector3(0.01, 0.0, 0.05)).Norm < 1e-15);
        Assert.Equal(Math.PI / 2.0, Matrix3.RotationAngle(bare.Rotation, tool.Rotation), 12);
    }

    [Fact]
    public void The_controller_section_changes_only_what_it_names()
    {
        using var file = new RobotFile();
        file.Replace("# [controller] is left out: the defaults are for this arm.", "[controller]\ntracking_bandwidth_rad_s = 25\nresidual_rise_ms = 40");

        var controller = file.Load().Controller;

        Assert.Equal(new Control.ControllerSettings { TrackingBandwidth = 25.0, ResidualRiseTime = 0.04 }, controller);
    }

    /// <summary>Straight in joint space: the tool stays in the workspace box and outside a column of 0.15 m about the base.</summary>
    private static void AssertClear(Control.ArmDescription arm, RigidBodyWorkspace workspace, double[] a, double[] b)
    {
        const int Steps = 100;
        double[] q = new double[a.Length];
        for (int k = 0; k <= Steps; k++)
        {
            for (int i = 0; i < q.Length; i++) q[i] = a[i] + (b[i] - a[i]) * k / Steps;
            var tool = ForwardKinematics.Tool(arm.Model, workspace, q).Translation;
            Assert.True(arm.Workspace.Contains(tool), $"{tool} at step {k}");
            Assert.True(Math.Sqrt(tool.X * tool.X + tool.Y * tool.Y) > 0.15, $"{tool} at step {k}");
        }
    }
}
