using LiquidControl.Control;
using LiquidControl.Numerics;
using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Simulation.Tests;

public class PosePairsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("ar4-dc")]
    [InlineData("ur5e")]
    public void Pairs_keep_every_promise(string name)
    {
        ArmDescription arm = name == "ur5e" ? TestArms.Ur5e : TestArms.Ar4Dc;
        RigidBodyWorkspace workspace = new(arm.Model);
        PosePairs pairs = new(arm, new RandomStream(17));
        Pose[] frames = new Pose[6];
        double[] q = new double[6];
        double least = double.PositiveInfinity, mean = 0;
        const int count = 300;
        for (int k = 0; k < count; k++)
        {
            PosePair pair = pairs.Next();
            double distance = (Tool(pair.Start) - Tool(pair.Goal)).Norm;
            least = Math.Min(least, distance);
            mean += distance / count;
            for (int i = 0; i < 6; i++)
            {
                Assert.InRange(pair.Start[i], arm.Limits[i].Lower + 0.1, arm.Limits[i].Upper - 0.1);
                Assert.InRange(pair.Goal[i], arm.Limits[i].Lower + 0.1, arm.Limits[i].Upper - 0.1);
                Assert.InRange(Math.Abs(pair.Goal[i] - pair.Start[i]), 0, 1.2);
            }

            // Finer than the test inside, so that nothing slips between its samples: 1 cm of slack.
            for (int step = 0; step <= 200; step++)
            {
                for (int i = 0; i < 6; i++)
                    q[i] = pair.Start[i] + (pair.Goal[i] - pair.Start[i]) * step / 200.0;
                ForwardKinematics.Bodies(arm.Model, workspace, q, frames);
                for (int i = 2; i < 6; i++)
                    Assert.InRange(frames[i].Translation.Z, 0.04, 2);
                Assert.InRange(Tool(q).Z, 0.04, 2);
            }

            Assert.True(arm.Workspace.Contains(Tool(pair.Start)) && arm.Workspace.Contains(Tool(pair.Goal)));
        }

        output.WriteLine($"{name}: least distance {least:F3} m, mean {mean:F3} m");
        Assert.True(least >= 0.15);

        Vector3 Tool(double[] posture) => ForwardKinematics.Tool(arm.Model, workspace, posture).Translation;
    }

    [Fact]
    public void A_goal_in_the_table_or_in_the_column_is_refused()
    {
        ArmDescription arm = TestArms.Ur5e;
        RigidBodyWorkspace workspace = new(arm.Model);
        PosePairs pairs = new(arm, new RandomStream(1));
        RandomStream random = new(2);
        double[] home = [0, -1.5, 1, 0.5, 0, 0];
        double[] goal = new double[6];
        int table = 0, column = 0, free = 0;
        for (int trial = 0; trial < 20000; trial++)
        {
            for (int i = 0; i < 6; i++)
                goal[i] = random.Uniform(-3, 3);
            Vector3 tool = ForwardKinematics.Tool(arm.Model, workspace, goal).Translation;
            bool low = tool.Z < 0.05;
            bool inside = tool.Z < 0.2 && tool.X * tool.X + tool.Y * tool.Y < 0.05 * 0.05;
            if (low) table++;
            if (inside && !low) column++;
            bool valid = pairs.IsValid(home, goal);
            if (valid) free++;
            Assert.False((low || inside) && valid, $"trial {trial}: tool at {tool}");
        }

        output.WriteLine($"{table} goals in the table, {column} in the column, {free} free");
        Assert.True(table > 100 && column > 20 && free > 1000);
    }

    [Fact]
    public void A_move_is_free_or_too_short()
    {
        PosePairs pairs = new(TestArms.Ar4Dc, new RandomStream(1));
        Assert.True(pairs.IsValid(new double[6], [0.8, 0.2, 0, 0, 0.3, 0]));
        Assert.False(pairs.IsValid(new double[6], [0, 0, 0, 0, 0, 1]));
    }

    [Fact]
    public void An_arm_without_room_to_move_is_told_so()
    {
        ArmDescription boxed = TestArms.Ar4Dc with { Workspace = new(new(0, 0, 2), new(0.1, 0.1, 2.1)) };
        Assert.Throws<InvalidOperationException>(() => new PosePairs(boxed, new RandomStream(1)).Next());
    }
}
