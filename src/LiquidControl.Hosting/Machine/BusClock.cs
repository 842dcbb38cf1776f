using System.Buffers.Binary;

namespace LiquidControl.Hosting.Machine;

/// <summary>An I2C bus's clock as the device tree states it: clock-frequency, 32 bits, big-endian.</summary>
internal static class BusClock
{
    private const int LowestHz = 1000;
    private const int HighestHz = 5_000_000;

    /// <summary>The file that states the clock of a node such as /dev/i2c-1.</summary>
    public static string PathOf(string node) => $"/sys/class/i2c-adapter/{node.Split('/')[^1]}/of_node/clock-frequency";

    /// <summary>Hz; null when the device tree does not say or says nonsense.</summary>
    public static int? Hz(MachineRoot root, string node)
    {
        if (root.Bytes(PathOf(node)) is not { Length: sizeof(uint) } bytes) return null;
        uint clock = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return clock is >= LowestHz and <= HighestHz ? (int)clock : null;
    }
}
