namespace LiquidControl.Hosting.Machine;

/// <summary>One question to a machine. A check never throws: what it cannot read it says it could not determine.</summary>
/// <param name="name">Name of the check, as <see cref="MachineFinding.Check"/>.</param>
/// <param name="expected">What should be there; a finding may say it more precisely.</param>
public abstract class MachineCheck(string name, string expected)
{
    public string Name { get; } = name;

    public abstract MachineFinding Inspect(MachineRoot root, MachineDemand demand);

    protected MachineFinding Ok(string found) => new(Name, CheckResult.Ok, found, expected, null);

    protected MachineFinding NotHere(string found) => new(Name, CheckResult.NotHere, found, expected, null);

    protected MachineFinding Warning(string found, string fix) => new(Name, CheckResult.Warning, found, expected, fix);

    protected MachineFinding Fails(string found, string fix) => new(Name, CheckResult.Fails, found, expected, fix);

    /// <summary>What could not be read or understood, and the line that shows it to a person.</summary>
    protected MachineFinding Undetermined(string path, string? content = null)
    {
        string why = content is null ? $"{path} is missing or unreadable" : $"{path} says {Shown(content)}";
        return new(Name, CheckResult.Undetermined, $"could not be determined: {why}", expected, $"sudo cat {path}");
    }

    /// <summary>A file's first words in quotes, without what a terminal would obey.</summary>
    private static string Shown(string content)
    {
        const int Longest = 40;
        var plain = new string([.. content.Take(Longest).Select(c => char.IsControl(c) ? ' ' : c)]).Trim();
        return $"\"{plain}{(content.Length > Longest ? "…" : "")}\"";
    }
}
