namespace LiquidControl.Realtime.Tests;

/// <summary>A folder for rings that goes with the test.</summary>
internal sealed class RingFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-ring-").FullName;

    public string Ring => Path.Combine(_folder, "cycles");

    public string[] Files => [.. Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)!)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
