namespace LiquidControl.Hosting.Machine;

/// <summary>Options of the kernel's command line.</summary>
internal static class BootOptions
{
    /// <summary>The last value given; empty for an option without one, null when it is not given.</summary>
    public static string? Value(MachineRoot root, string option)
    {
        string? value = null;
        foreach (string word in (root.Text("/proc/cmdline") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == option) value = "";
            else if (word.StartsWith(option + "=", StringComparison.Ordinal)) value = word[(option.Length + 1)..];
        }

        return value;
    }
}
