using System.Runtime.InteropServices;
using LiquidControl.Benchmarks.Harness;
using LiquidControl.Robotics;

namespace LiquidControl.Benchmarks.Dynamics;

/// <summary>Orocos KDL behind native/kdl.cpp.</summary>
internal static unsafe class Kdl
{
    /// <summary>What its results may differ from ours by, as a part of the largest.</summary>
    public const double Tolerance = 1e-12;

    /// <summary>
    /// Matrices cross the border to Debian's library, which is built without AVX and frees them as such: Eigen must align them no further
    /// here. What is timed is compiled in the library.
    /// </summary>
    public static NativeSource Source { get; } = new("kdl.cpp", "-std=c++17", "-DEIGEN_DONT_VECTORIZE", "-isystem", "/usr/include/eigen3")
    {
        Header = ("/usr/include/kdl/chain.hpp", "liborocos-kdl-dev"),
        Libraries = ["-lorocos-kdl"],
    };

    /// <summary>The arm and its states on KDL's side; to be given to kdl_free.</summary>
    public static void* Create(nint library, DynamicsInputs inputs)
    {
        var create = (delegate* unmanaged<int, double*, double*, int*, double*, double*, double*, double*, double*, double*, void*>)
            NativeLibrary.GetExport(library, "kdl_create");
        var setStates =
            (delegate* unmanaged<void*, int, double*, double*, double*, void>)NativeLibrary.GetExport(library, "kdl_set_states");
        RigidBodyModel model = inputs.Model;
        double[] placements = [.. model.Joints.SelectMany(joint => Numbers(joint.Placement))];
        double[] axes = [.. model.Joints.SelectMany(joint => Numbers(joint.Axis))];
        int[] prismatic = [.. model.Joints.Select(joint => joint.Type == JointType.Prismatic ? 1 : 0)];
        double[] masses = [.. model.Bodies.Select(body => body.Mass)];
        double[] centers = [.. model.Bodies.SelectMany(body => Numbers(body.CenterOfMass))];
        double[] inertias = [.. model.Bodies.SelectMany(body => Numbers(body.Inertia))];
        double[] armature = [.. model.Armature], tool = Numbers(model.Tool), gravity = Numbers(model.Gravity);
        void* arm;
        fixed (int* slides = prismatic)
        fixed (double* p = placements, a = axes, m = masses, c = centers, i = inertias, r = armature, t = tool, g = gravity)
            arm = create(model.JointCount, p, a, slides, m, c, i, r, t, g);
        fixed (double* q = inputs.Position, qd = inputs.Velocity, third = inputs.Third)
            setStates(arm, DynamicsInputs.Count, q, qd, third);
        return arm;
    }

    private static double[] Numbers(Pose pose) => [.. Numbers(pose.Rotation), .. Numbers(pose.Translation)];

    private static double[] Numbers(Vector3 v) => [v.X, v.Y, v.Z];

    private static double[] Numbers(Matrix3 m) => [m.M11, m.M12, m.M13, m.M21, m.M22, m.M23, m.M31, m.M32, m.M33];
}
