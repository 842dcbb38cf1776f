using System.Diagnostics;
using LiquidControl.Hosting;
using LiquidControl.Realtime;

namespace LiquidControl.Cli.Benchmarks.Nodes;

/// <summary>liquidcontrold, unmodified, on the nodes of an emulator. Gone at the latest with this.</summary>
internal sealed class DaemonOnNodes : IDisposable
{
    /// <summary>The last line before the loop runs names the socket.</summary>
    private const string Ready = "commands at";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly Task<string> _errors;

    /// <param name="emulator">Whose nodes.</param>
    /// <param name="program">The daemon.</param>
    /// <param name="robot">Its name.</param>
    /// <exception cref="BadInputException">It ended before it was ready; the message says what it said.</exception>
    public DaemonOnNodes(EmulatorProcess emulator, CheckoutProgram program, string robot)
    {
        string socket = emulator.In("control");
        Ring = emulator.In("ring");
        _process = Process.Start(emulator.Exec(
            program, "run", "--best-effort", "--robot", robot, "--dev", emulator.Devices, "--socket", socket, "--ring", Ring))!;
        _errors = _process.StandardError.ReadToEndAsync();
        List<string> said = [];
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            said.Add(line);
            if (!line.Contains(Ready, StringComparison.Ordinal)) continue;
            Says = said;
            Connection = DaemonConnection.Open(socket);
            return;
        }

        Dispose();
        throw new BadInputException($"liquidcontrold ended before it was ready: {string.Join(' ', said)} {_errors.Result.Trim()}");
    }

    /// <summary>Until it was ready.</summary>
    public IReadOnlyList<string> Says { get; } = [];

    public string Ring { get; }

    public DaemonConnection Connection { get; } = null!;

    /// <summary>kill -9. Gives the time at which the call returned, monotonic, ns.</summary>
    public long Kill()
    {
        _process.Kill();
        long killed = MonotonicClock.NowNs;
        _process.WaitForExit();
        return killed;
    }

    /// <summary>SIGTERM: it brings the arm to rest and ends.</summary>
    /// <exception cref="BadInputException">It did not end in time.</exception>
    public void Stop()
    {
        Process.Start("kill", [$"{_process.Id}"]).WaitForExit();
        if (!_process.WaitForExit(Patience)) throw new BadInputException($"liquidcontrold did not end within {Patience.TotalSeconds:F0} s of SIGTERM.");
    }

    public void Dispose()
    {
        Connection?.Dispose();
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }
}
