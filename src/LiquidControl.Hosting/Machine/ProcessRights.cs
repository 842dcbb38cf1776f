using System.Globalization;

namespace LiquidControl.Hosting.Machine;

/// <summary>What this process may do: /proc/self/limits and /proc/self/status.</summary>
internal static class ProcessRights
{
    // linux/capability.h
    public const int IpcLock = 14;
    public const int SysNice = 23;

    /// <summary>A soft limit by its name in /proc/self/limits; null when it is not told, <see cref="long.MaxValue"/> for unlimited.</summary>
    public static long? SoftLimit(MachineRoot root, string name)
    {
        foreach (string line in root.Lines("/proc/self/limits"))
        {
            if (!line.StartsWith(name, StringComparison.Ordinal)) continue;
            string[] words = line[name.Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) return null;
            if (words[0] == "unlimited") return long.MaxValue;
            return long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out long limit) ? limit : null;
        }

        return null;
    }

    /// <summary>Whether a capability is in effect; null when it is not told.</summary>
    public static bool? Has(MachineRoot root, int capability)
    {
        const string Key = "CapEff:";
        string? line = root.Lines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
        if (line is null) return null;
        return ulong.TryParse(line[Key.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong set)
            ? (set >> capability & 1) != 0
            : null;
    }
}
