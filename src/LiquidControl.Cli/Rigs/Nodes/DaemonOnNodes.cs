using System.Diagnostics;
using LiquidControl.Cli.Benchmarks;
using LiquidControl.Hosting;
using LiquidControl.Realtime;

namespace LiquidControl.Cli.Rigs.Nodes;

/// <summary>liquidcontrold, unmodified, on the nodes of an emulator. Gone at the latest with this.</summary>
internal sealed class DaemonOnNodes : IDisposable
{
    /// <summary>The last line before the loop runs names the socket.</summary>
    private const string Ready = "commands at";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly Task<string> _errors;

    /// <param name="folder">Of the nodes.</param>
    /// <param name="program">The daemon.</param>
    /// <param name="robot">Its name.</param>
    /// <param name="options">What else it is told.</param>
    /// <exception cref="BadInputException">It ended before it was ready; the message says what it said.</exception>
    public DaemonOnNodes(EmulatorFolder folder, CheckoutProgram program, string robot, params string[] options)
    {
        string socket = folder.In("control");
        Ring = folder.In("ring");
        _process = Process.Start(folder.Exec(
            program, ["run", "--best-effort", "--robot", robot, "--dev", folder.Devices, "--socket", socket, "--ring", Ring, .. options]))!;
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

    /// <summary>kill -9, and no waiting for what becomes of it. Gives the time at which the call returned, monotonic, ns.</summary>
    public long Kill()
    {
        _process.Kill();
        return MonotonicClock.NowNs;
    }

    /// <summary>Stops every thread of it. Gives the time at which the call returned, monotonic, ns.</summary>
    public long Freeze()
    {
        ProcessSignal.SendFreeze(_process.Id);
        return MonotonicClock.NowNs;
    }

    /// <summary>They run on where they were.</summary>
    public void Thaw() => ProcessSignal.SendThaw(_process.Id);

    /// <summary>SIGTERM: it brings the arm to rest and ends.</summary>
    /// <exception cref="BadInputException">It did not end in time.</exception>
    public void Stop()
    {
        ProcessSignal.SendTerminate(_process.Id);
        if (!_process.WaitForExit(Patience)) throw new BadInputException($"liquidcontrold did not end within {Patience.TotalSeconds:F0} s of SIGTERM.");
    }

    public void Dispose()
    {
        Connection?.Dispose();
        if (!_process.HasExited) Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
