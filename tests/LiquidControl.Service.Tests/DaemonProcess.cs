using System.Diagnostics;

namespace LiquidControl.Service.Tests;

/// <summary>liquidcontrold as a process of its own, gone at the latest with this.</summary>
internal sealed class DaemonProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _errors;

    public DaemonProcess(params string[] arguments)
        : this([], arguments)
    {
    }

    public DaemonProcess(Dictionary<string, string> environment, params string[] arguments)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        ProcessStartInfo start = new(dotnet, [Path.Combine(AppContext.BaseDirectory, "liquidcontrold.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public string? ReadLine() => _process.StandardOutput.ReadLine();

    public void WriteLine(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Runs to its end.</summary>
    public (int ExitCode, string Output, string Errors) End()
    {
        string output = _process.StandardOutput.ReadToEnd(), errors = _errors.Result;
        return _process.WaitForExit(Limit) ? (_process.ExitCode, output, errors) : throw new TimeoutException($"liquidcontrold did not end: {errors}");
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }
}
