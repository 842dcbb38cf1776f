namespace LiquidControl.Robotics.Tests;

/// <summary>The two arms of hardware/arms, as a user gets them.</summary>
internal static class Arms
{
    public static RigidBodyModel Ar4Dc { get; } = Read("ar4-dc");

    public static RigidBodyModel Ur5e { get; } = Read("ur5e");

    public static string UrdfPath(string name) => Path.Combine(AppContext.BaseDirectory, "arms", $"{name}.urdf");

    public static RigidBodyModel Read(string name) => Urdf.Read(UrdfPath(name));
}
