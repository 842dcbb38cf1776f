using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Numerics;
using LiquidControl.Robotics;

namespace LiquidControl.Replay;

/// <summary>Kinematics and dynamics at random states, each function by itself.</summary>
internal static class RoboticsReplay
{
    private const int States = 100;

    /// <summary>Searches take longer: some start anew many times.</summary>
    private const int Searches = 3;

    public static IEnumerable<ReplayCase> Cases { get; } =
        [.. ArmReplay.Robots.Select(robot => new ReplayCase(robot, "robotics", "random-states", 1, () => Run(robot, 1)))];

    private static ulong Run(string robot, ulong seed)
    {
        ArmDescription arm = RobotConfiguration.Load(RobotCatalog.Find(robot)).Arm;
        int n = arm.JointCount;
        RigidBodyWorkspace workspace = new(arm.Model);
        RandomStream random = new(seed);
        StateHash hash = new();
        double[] q = new double[n], qd = new double[n], tau = new double[n], qdd = new double[n], inverse = new double[n];
        double[] mass = new double[n * n], found = new double[n];
        for (int state = 0; state < States; state++)
        {
            for (int i = 0; i < n; i++)
            {
                q[i] = random.Uniform(arm.Limits[i].Lower, arm.Limits[i].Upper);
                qd[i] = random.Normal();
                tau[i] = random.Normal();
            }

            ArticulatedBody.ForwardDynamics(arm.Model, workspace, q, qd, tau, qdd);
            RecursiveNewtonEuler.InverseDynamics(arm.Model, workspace, q, qd, qdd, inverse);
            CompositeRigidBody.MassMatrix(arm.Model, workspace, q, mass);
            hash.Add(qdd);
            hash.Add(inverse);
            hash.Add(mass);
            if (state >= Searches) continue;
            Pose target = ForwardKinematics.Tool(arm.Model, workspace, q);
            hash.Add((long)InverseKinematics.Solve(arm.Model, target, new double[n], arm.Limits, IkOptions.Default, found).Iterations);
            hash.Add(found);
        }

        return hash.Value;
    }
}
