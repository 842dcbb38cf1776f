using System.Diagnostics;

namespace LiquidControl.Cli.Daemon;

/// <summary>How systemd sees liquidcontrold.</summary>
/// <param name="Load">loaded, or not-found where there is no such unit.</param>
/// <param name="Active">active, inactive, failed and so on.</param>
/// <param name="MainProcess">0 where it runs none.</param>
internal sealed record SystemdUnit(string Load, string Active, int MainProcess)
{
    public const string Name = "liquidcontrold.service";

    /// <summary>Exists where systemd has booted the machine (sd_booted(3)).</summary>
    private const string Booted = "/run/systemd/system";

    public bool Exists => Load == "loaded";

    /// <summary>Whether systemd runs this process as the unit.</summary>
    public bool Runs(int process) => Active == "active" && process > 0 && MainProcess == process;

    /// <summary>Null where this machine has no systemd.</summary>
    public static SystemdUnit? Find()
    {
        if (!Directory.Exists(Booted)) return null;
        try
        {
            ProcessStartInfo start = new("systemctl", ["show", Name, "--property=LoadState,ActiveState,MainPID"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var systemctl = Process.Start(start)!;
            string output = systemctl.StandardOutput.ReadToEnd();
            systemctl.WaitForExit();
            return systemctl.ExitCode == 0 ? Parse(output) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Of lines KEY=VALUE.</summary>
    public static SystemdUnit Parse(string properties)
    {
        var values = properties.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1].Trim());
        return new(
            values.GetValueOrDefault("LoadState", "not-found"), values.GetValueOrDefault("ActiveState", "unknown"),
            int.TryParse(values.GetValueOrDefault("MainPID"), out int process) ? process : 0);
    }
}
