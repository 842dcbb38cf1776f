using LiquidControl.Devices;

namespace LiquidControl.Hosting.Machine;

/// <summary>What a machine is asked to keep up with.</summary>
public sealed record MachineDemand
{
    /// <summary>Cycles a second.</summary>
    public required double Rate { get; init; }

    /// <summary>Null where the robot's joints need no bus.</summary>
    public required DcArmWiring? Wiring { get; init; }

    /// <summary>SCHED_FIFO priority of the loop: above the kernel's interrupt threads (50), below its migration threads (99).</summary>
    public int Priority { get; init; } = 80;

    /// <summary>The core of the loop; null for the last isolated one, else the last.</summary>
    public int? Cpu { get; init; }

    /// <summary>The device nodes of the robot; null for those of the board's header.</summary>
    public DcArmNodes? Nodes { get; init; }

    public static MachineDemand Of(RobotConfiguration robot)
    {
        ArgumentNullException.ThrowIfNull(robot);
        return new() { Rate = robot.Arm.Rate, Wiring = robot.Wiring };
    }

    /// <summary>The core of the loop; null where the machine does not say which it has.</summary>
    public int? LoopCpu(MachineRoot root)
    {
        ArgumentNullException.ThrowIfNull(root);
        if (Cpu is { } chosen) return chosen;
        var isolated = CpuList.Read(root, "/sys/devices/system/cpu/isolated");
        if (isolated is { Count: > 0 }) return isolated.Max();
        var online = CpuList.Read(root, "/sys/devices/system/cpu/online");
        return online is { Count: > 0 } ? online.Max() : null;
    }

    /// <summary>
    /// The nodes of the robot. On a Jetson Orin pins 3 and 5 of the header are bus 7 (Jetson Linux Developer Guide, "Configuring the Jetson
    /// Expansion Headers").
    /// </summary>
    public DcArmNodes NodesOn(MachineRoot root) =>
        Nodes ?? (MachineBoard.Read(root).Kind == BoardKind.Jetson ? new() { I2c = "/dev/i2c-7" } : new());
}
