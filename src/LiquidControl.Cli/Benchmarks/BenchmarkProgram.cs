using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LiquidControl.Cli.Benchmarks;

/// <summary>The program that measures computations, tests/LiquidControl.Benchmarks. What measuring says on the way goes to standard error.</summary>
internal static class BenchmarkProgram
{
    private const string Project = "LiquidControl.Benchmarks";

    private const string Artifacts = "benchmarks";

    /// <summary>Builds it from the source tree around here, runs one of its parts and reads the rows it prints.</summary>
    /// <param name="suite">Which part.</param>
    /// <param name="quick">Only to see that it runs.</param>
    /// <param name="json">Of the rows.</param>
    /// <param name="terminal">Where it says what it is about.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BadInputException">It cannot be built, or it failed.</exception>
    public static async Task<TRow[]> MeasureAsync<TRow>(
        string suite, bool quick, JsonTypeInfo<TRow[]> json, Terminal terminal, CancellationToken cancellation)
    {
        var program = await CheckoutProgram.BuildAsync(
            Checkout.Find(), Path.Combine("tests", Project), Project, Artifacts, terminal, cancellation);
        string measured = await RunAsync(program, quick ? [suite, "--quick"] : [suite], terminal, cancellation);
        return JsonSerializer.Deserialize(measured, json)!;
    }

    /// <summary>Where the program compiled ahead of time lies once it has been built.</summary>
    public static string PublishedIn(string checkout) => CheckoutProgram.PublishedIn(checkout, Project, Project, Artifacts);

    private static async Task<string> RunAsync(CheckoutProgram program, string[] arguments, Terminal terminal, CancellationToken cancellation)
    {
        using StringWriter output = new();
        int code = await ChildProcess.RunAsync(
            program.File, [.. program.FirstArguments, .. arguments], Path.GetTempPath(), output, terminal.Error, cancellation);
        return code == 0
            ? output.ToString()
            : throw new BadInputException($"{Project} {string.Join(' ', arguments)}: ended with {code}. See its message above.");
    }
}
