using System.Runtime.InteropServices;
using LiquidControl.Cli;
using LiquidControl.Fuzz;

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    cancellation.Cancel();
};
using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    cancellation.Cancel();
});
var terminal = new Terminal(Console.Out, Console.Error, isInteractive: !Console.IsOutputRedirected);
return await FuzzCommandLine.RunAsync(args, terminal, cancellation.Token);
