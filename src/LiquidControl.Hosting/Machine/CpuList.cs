using System.Globalization;

namespace LiquidControl.Hosting.Machine;

/// <summary>Lists of cores as the kernel writes them: "0-2,5", empty for none (Documentation/admin-guide/kernel-parameters.rst, "cpu lists").</summary>
internal static class CpuList
{
    private const int MostCpus = 8192;

    /// <summary>Null when the file is missing or is not such a list.</summary>
    public static HashSet<int>? Read(MachineRoot root, string path) => root.Text(path) is { } text ? Parse(text) : null;

    /// <summary>Null when it is not such a list; the kernel prints "(null)" for a list that was never set.</summary>
    public static HashSet<int>? Parse(string text)
    {
        var cpus = new HashSet<int>();
        text = text.Trim();
        if (text is "" or "(null)") return cpus;
        foreach (string part in text.Split(','))
        {
            string[] ends = part.Split('-');
            if (ends.Length > 2 || !TryCpu(ends[0], out int first) || !TryCpu(ends[^1], out int last) || last < first) return null;
            for (int cpu = first; cpu <= last; cpu++) cpus.Add(cpu);
        }

        return cpus;
    }

    /// <summary>
    /// The list that a boot option such as isolcpus=managed_irq,domain,3 carries behind its flags; null when the option is not given or
    /// is no list.
    /// </summary>
    public static HashSet<int>? OfBootOption(MachineRoot root, string option)
    {
        if (BootOptions.Value(root, option) is not { } value) return null;
        return Parse(string.Join(',', value.Split(',').SkipWhile(part => part.Length > 0 && char.IsAsciiLetter(part[0]))));
    }

    private static bool TryCpu(string text, out int cpu) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out cpu) && cpu < MostCpus;
}
