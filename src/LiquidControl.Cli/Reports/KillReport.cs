namespace LiquidControl.Cli.Reports;

/// <summary>What `hil kills --json` prints.</summary>
/// <param name="IsKept">Whether the outputs were off in time each time, and each restart said why and asked for a clear.</param>
/// <param name="Kills">kill -9 of the daemon.</param>
/// <param name="Freezes">SIGSTOP of the daemon beside them, as a machine that hangs.</param>
/// <param name="Powered">Kills and freezes while the outputs were on; the others came before.</param>
/// <param name="WatchdogMs">Of the monostable: what is allowed.</param>
/// <param name="OffP50Ms">From the kill until the emulated electronics let the bridges go.</param>
/// <param name="OffMaxMs">The same, the worst.</param>
/// <param name="PlantSawP50Ms">From the kill until the plant's thread, which looks every millisecond, saw it.</param>
/// <param name="PlantSawMaxMs">The same, the worst.</param>
/// <param name="PlantLongestGapMs">The longest that thread was kept waiting by this machine.</param>
/// <param name="StillOn">Kills after which the bridges were still on 30 ms later.</param>
/// <param name="Unreported">Restarts that did not say why they will not activate.</param>
/// <param name="NotRefused">Restarts that let themselves be activated without a clear.</param>
/// <param name="Refusals">Why a daemon would not be activated, in trials in which it was not.</param>
internal sealed record KillReport(
    bool IsKept, int Kills, int Freezes, int Powered, double WatchdogMs, double OffP50Ms, double OffMaxMs, double PlantSawP50Ms, double PlantSawMaxMs,
    double PlantLongestGapMs, int StillOn, int Unreported, int NotRefused, string[] Refusals);
