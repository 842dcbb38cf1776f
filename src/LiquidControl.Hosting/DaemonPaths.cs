namespace LiquidControl.Hosting;

/// <summary>Where liquidcontrold is found unless somebody says otherwise.</summary>
public static class DaemonPaths
{
    /// <summary>The socket that hears commands.</summary>
    public const string Socket = "/run/liquidcontrol/control";

    /// <summary>The ring of the last cycles.</summary>
    public const string Ring = "/dev/shm/liquidcontrol";

    /// <summary>The file beside a ring that says why the arm may not be activated before a clear.</summary>
    public static string LatchOf(string ring) => ring + ".uncleared";
}
