using System.Diagnostics;
using System.Globalization;

namespace LiquidControl.Cli.Benchmarks.Jitter;

/// <summary>A program that measures itself: it says when it is ready, is told when to begin, and ends by itself. Gone at the latest with this.</summary>
internal sealed class PacedProcess : IDisposable
{
    private const string Ready = "ready";

    private readonly string _name;
    private readonly Process _process;
    private readonly Task<string> _errors;

    /// <exception cref="BadInputException">It cannot be started.</exception>
    public PacedProcess(string name, string program, string[] arguments)
    {
        _name = name;
        var start = ChildProcess.Describe(program, arguments, Path.GetTempPath());
        start.RedirectStandardInput = true;
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new BadInputException($"{program}: cannot be started: {e.Message}.");
        }

        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <exception cref="BadInputException">It ended before.</exception>
    public async Task WaitReadyAsync(CancellationToken cancellation)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (line == Ready) return;
        }

        throw new BadInputException($"{_name} ended before it was ready: {(await _errors).Trim()}");
    }

    /// <param name="startNs">Of its first cycle, CLOCK_MONOTONIC.</param>
    public void Begin(long startNs)
    {
        _process.StandardInput.WriteLine(startNs.ToString(CultureInfo.InvariantCulture));
        _process.StandardInput.Flush();
    }

    /// <summary>Closes its standard input, which some take as their end, and gives what it printed since it was ready, and its complaints.</summary>
    /// <exception cref="BadInputException">It failed.</exception>
    public async Task<(string Output, string Errors)> EndAsync(CancellationToken cancellation)
    {
        _process.StandardInput.Close();
        string output = await _process.StandardOutput.ReadToEndAsync(cancellation), errors = (await _errors).Trim();
        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode == 0 ? (output, errors) : throw new BadInputException($"{_name} ended with {_process.ExitCode}: {errors}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
