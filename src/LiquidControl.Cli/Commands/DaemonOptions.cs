using System.CommandLine;
using LiquidControl.Hosting;

namespace LiquidControl.Cli.Commands;

/// <summary>Where a running daemon is found, with the same name and words everywhere.</summary>
internal static class DaemonOptions
{
    public static Option<string> Socket() => new("--socket")
    {
        Description = "The daemon's command socket.",
        DefaultValueFactory = _ => DaemonPaths.Socket,
        HelpName = "path",
    };

    public static Option<string> Ring() => new("--ring")
    {
        Description = "The ring with the daemon's last cycles.",
        DefaultValueFactory = _ => DaemonPaths.Ring,
        HelpName = "path",
    };
}
