using System.Diagnostics;
using System.Globalization;

namespace LiquidControl.Cli.Benchmarks.Starts;

/// <summary>One start of the daemon, with the arm emulated in its process: how long it took, and what it then holds.</summary>
/// <param name="Ms">From before the process was made until it said that it stands Inactive.</param>
/// <param name="ResidentBytes">VmRSS (proc(5)) a moment later.</param>
internal sealed record DaemonStart(double Ms, long ResidentBytes)
{
    /// <summary>The last line before the loop runs names the socket.</summary>
    private const string Ready = "commands at";

    private const string Resident = "VmRSS:";

    /// <summary>For the loop's first cycles.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    /// <exception cref="BadInputException">It ended before it was ready.</exception>
    public static async Task<DaemonStart> MeasureAsync(CheckoutProgram program, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("liquidcontrol-start-").FullName;
        var start = ChildProcess.Describe(
            program.File,
            [
                .. program.FirstArguments, "run", "--emulated", "--best-effort", "--socket", Path.Combine(folder, "control"), "--ring",
                Path.Combine(folder, "ring"),
            ],
            folder);
        var watch = Stopwatch.StartNew();
        using Process process = Process.Start(start)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
            {
                if (!line.Contains(Ready, StringComparison.Ordinal)) continue;
                double ms = watch.Elapsed.TotalMilliseconds;
                await Task.Delay(Moment, cancellation);
                return new(ms, ResidentOf(process));
            }

            throw new BadInputException($"{program.File} run --emulated: ended before it was ready: {(await errors).Trim()}");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long ResidentOf(Process process)
    {
        string line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(Resident, StringComparison.Ordinal));
        return 1024 * long.Parse(line[Resident.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
