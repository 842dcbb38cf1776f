using LiquidControl.Hosting.Machine.Checks;

namespace LiquidControl.Hosting.Machine;

/// <summary>Every check of whether a machine keeps up with what is asked of it.</summary>
public static class MachineInspection
{
    /// <summary>In the order of a report: the kernel, what this user may do, the cores, memory, the machine, the buses, the service.</summary>
    public static IReadOnlyList<MachineCheck> Checks { get; } =
    [
        new PreemptionCheck(),
        new RealtimeGroupCheck(),
        new ThrottlingCheck(),
        new PriorityCheck(),
        new MemoryLockCheck(),
        new CoreCountCheck(),
        new IsolationCheck(),
        new TickCheck(),
        new CallbackCheck(),
        new InterruptCheck(),
        new RealtimeThreadsCheck(),
        new GovernorCheck(),
        new WakeLatencyCheck(),
        new SwapCheck(),
        new HugePagesCheck(),
        new VirtualMachineCheck(),
        new ClockCheck(),
        new PowerCheck(),
        new CoreClockCheck(),
        new DeviceNodeCheck("I2C", "i2c", "i2c-dev", (demand, root) => [demand.NodesOn(root).I2c]),
        new DeviceNodeCheck("SPI", "spi", "spidev", (demand, root) => [demand.NodesOn(root).EncoderSpi, demand.NodesOn(root).CurrentSpi]),
        new DeviceNodeCheck("GPIO", "gpio", "gpio-sim", (demand, root) => [demand.NodesOn(root).GpioChip]),
        new I2cClockCheck(),
        new BusBudgetCheck(),
        new ProgramCheck(),
        new ServiceCheck(),
        new DiskSpaceCheck(),
        new ClockSynchronisationCheck(),
    ];

    public static MachineReport Inspect(MachineRoot root, MachineDemand demand)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(demand);
        return new(MachineBoard.Read(root).Model, demand, demand.LoopCpu(root), [.. Checks.Select(check => check.Inspect(root, demand))]);
    }
}
