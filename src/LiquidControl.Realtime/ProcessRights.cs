using System.Globalization;

namespace LiquidControl.Realtime;

/// <summary>What this process may ask of the kernel.</summary>
/// <param name="MayRaisePriority">CAP_SYS_NICE.</param>
/// <param name="MayLockMemory">CAP_IPC_LOCK.</param>
/// <param name="PriorityLimit">RLIMIT_RTPRIO: the highest real-time priority without the capability.</param>
/// <param name="LockLimitBytes">RLIMIT_MEMLOCK: memory it may lock without the capability; null is unlimited.</param>
/// <param name="Processors">It may run on.</param>
public sealed record ProcessRights(bool MayRaisePriority, bool MayLockMemory, long PriorityLimit, long? LockLimitBytes, int Processors)
{
    private const int IpcLockCapability = 14;
    private const int SysNiceCapability = 23;
    private const int MemoryLockResource = 8;
    private const int RealtimePriorityResource = 14;
    private const string EffectiveCapabilities = "CapEff:";

    /// <summary>Of this process now.</summary>
    public static ProcessRights Current()
    {
        ulong capabilities = Effective(File.ReadLines("/proc/self/status"));
        return new(
            (capabilities >> SysNiceCapability & 1) != 0,
            (capabilities >> IpcLockCapability & 1) != 0,
            LimitOf(RealtimePriorityResource) ?? long.MaxValue,
            LimitOf(MemoryLockResource),
            Environment.ProcessorCount);
    }

    private static ulong Effective(IEnumerable<string> status)
    {
        string line = status.FirstOrDefault(line => line.StartsWith(EffectiveCapabilities, StringComparison.Ordinal)) ?? EffectiveCapabilities;
        ReadOnlySpan<char> digits = line.AsSpan(EffectiveCapabilities.Length).Trim();
        return ulong.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong bits) ? bits : 0;
    }

    private static unsafe long? LimitOf(int resource)
    {
        Libc.ResourceLimit limit;
        if (Libc.GetResourceLimit(resource, &limit) != 0)
            return 0;
        return limit.Soft > long.MaxValue ? null : (long)limit.Soft;
    }
}
