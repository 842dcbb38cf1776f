using System.Diagnostics;
using System.Text.Json;
using LiquidControl.Hosting;
using LiquidControl.Realtime;

namespace LiquidControl.Cli.Rigs.Nodes;

/// <summary>`hil up` in a process and a folder of its own, which go with this.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    private const int PollMs = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    /// <param name="robot">Its name.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="BadInputException">The emulator does not come up; the message says what it said.</exception>
    public EmulatorProcess(string robot, CancellationToken cancellation)
    {
        _process = Process.Start(EmulatorFolder.OwnProgram("hil", "up", "--robot", robot, "--run", Folder.Run, "--root", Folder.Devices))!;
        var said = _process.StandardOutput.ReadToEndAsync(cancellation);
        var complained = _process.StandardError.ReadToEndAsync(cancellation);
        var waited = Stopwatch.StartNew();
        while (!File.Exists(Folder.Socket))
        {
            if (_process.HasExited || waited.Elapsed > Patience || cancellation.IsCancellationRequested)
            {
                Dispose();
                cancellation.ThrowIfCancellationRequested();
                throw new BadInputException($"the emulator did not come up: {said.Result.Trim()} {complained.Result.Trim()}");
            }

            Thread.Sleep(PollMs);
        }
    }

    /// <summary>Of its nodes, and for what belongs to the run.</summary>
    public EmulatorFolder Folder { get; } = new();

    public EmulatorStatus Status => JsonSerializer.Deserialize(EmulatorSocket.Ask(Folder.Socket, "status"), EmulatorJson.Default.EmulatorStatus)!;

    /// <summary>Puts the arm back where it started; it stays there until its bridges are enabled.</summary>
    public void PutBack() => EmulatorSocket.Ask(Folder.Socket, "fault put-back");

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            ProcessSignal.SendTerminate(_process.Id);
            if (!_process.WaitForExit(Patience)) _process.Kill();
        }

        _process.Dispose();
        Folder.Dispose();
    }
}
