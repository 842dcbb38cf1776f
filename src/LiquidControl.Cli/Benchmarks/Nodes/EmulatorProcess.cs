using System.Diagnostics;
using System.Text.Json;
using LiquidControl.Cli.Commands;
using LiquidControl.Hosting;

namespace LiquidControl.Cli.Benchmarks.Nodes;

/// <summary>`hil up` in a process and a folder of its own, which go with this.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    private const int PollMs = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liquidcontrol-hil-");
    private readonly Process _process;

    /// <param name="robot">Its name.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="BadInputException">The emulator does not come up; the message says what it said.</exception>
    public EmulatorProcess(string robot, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Devices);
        _process = Process.Start(OwnProgram("hil", "up", "--robot", robot, "--run", RunFolder, "--root", Devices))!;
        var said = _process.StandardOutput.ReadToEndAsync(cancellation);
        var complained = _process.StandardError.ReadToEndAsync(cancellation);
        var waited = Stopwatch.StartNew();
        while (!File.Exists(Socket))
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

    /// <summary>Where a daemon finds the nodes.</summary>
    public string Devices => In("dev");

    /// <summary>For what belongs to the run.</summary>
    public string In(string name) => Path.Combine(_folder.FullName, name);

    public string RunFolder => In("run");

    private string Socket => HilCommand.SocketIn(RunFolder);

    public EmulatorStatus Status => JsonSerializer.Deserialize(EmulatorSocket.Ask(Socket, "status"), EmulatorJson.Default.EmulatorStatus)!;

    /// <summary>Puts the arm back where it started; it stays there until its bridges are enabled.</summary>
    public void PutBack() => EmulatorSocket.Ask(Socket, "fault put-back");

    /// <summary>How to start a program of one's own under `hil exec`, whose line requests the emulator answers. It keeps the process.</summary>
    public ProcessStartInfo Exec(CheckoutProgram program, params string[] arguments) =>
        OwnProgram(["hil", "exec", "--run", RunFolder, "--", program.File, .. program.FirstArguments, .. arguments]);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Process.Start("kill", [$"{_process.Id}"]).WaitForExit();
            if (!_process.WaitForExit(Patience)) _process.Kill();
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static ProcessStartInfo OwnProgram(params string[] arguments) =>
        ChildProcess.Describe(ChildProcess.Dotnet, [Path.Combine(AppContext.BaseDirectory, "liquidcontrol.dll"), .. arguments], Path.GetTempPath());
}
