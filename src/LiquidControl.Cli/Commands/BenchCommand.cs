using System.CommandLine;

namespace LiquidControl.Cli.Commands;

/// <summary>`bench`: what the hot computations cost here, beside what others need for the same.</summary>
internal static class BenchCommand
{
    public static Command Create(Terminal terminal) => new("bench", "Measures hot computations beside other implementations of the same.")
    {
        BenchKernelCommand.Create(terminal),
        BenchDynamicsCommand.Create(terminal),
        BenchTrainingCommand.Create(terminal),
        BenchJitterCommand.Create(terminal),
        BenchNodesCommand.Create(terminal),
        BenchStartCommand.Create(terminal),
        BenchAllocateCommand.Create(terminal),
    };
}
