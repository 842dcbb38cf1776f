using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LiquidControl.Hosting;

namespace LiquidControl.Cli.Commands;

/// <summary>`hil step`: lets time pass for an emulator in lockstep, without a heartbeat.</summary>
internal sealed class HilStepCommand
{
    private const long LongestMs = 60_000;
    private const long MostCycles = 60_000;

    private readonly Option<long?> _ms = NumberOptions.Whole("--ms", "How long, ms.", 1, LongestMs);
    private readonly Option<long?> _cycles = NumberOptions.Whole("--cycles", "How many periods of the control loop. [default: 1]", 1, MostCycles);
    private readonly Option<string> _run = HilCommand.RunFolder();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Terminal _terminal;

    private HilStepCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var step = new HilStepCommand(terminal);
        var command = new ExampleCommand(
            "step", "Lets time pass for an emulator in lockstep (hil up --lockstep), as if the loop's heartbeat stayed away: after 10 ms the bridges go off.",
            "liquidcontrol hil step", "liquidcontrol hil step --cycles 5", "liquidcontrol hil step --ms 20")
        {
            step._ms, step._cycles, step._run, step._json,
        };
        command.SetAction(step.Run);
        return command;
    }

    private int Run(ParseResult result)
    {
        long? ms = result.GetValue(_ms), cycles = result.GetValue(_cycles);
        if (ms is not null && cycles is not null)
            throw new BadInputException("--ms: found it with --cycles, expected one of them.");
        string much = ms is not null ? $"ms {ms}" : $"periods {cycles ?? 1}";
        string answer = EmulatorSocket.Ask(HilCommand.SocketIn(result.GetRequiredValue(_run)), string.Create(CultureInfo.InvariantCulture, $"step {much}"));
        var status = JsonSerializer.Deserialize(answer, EmulatorJson.Default.EmulatorStatus)!;
        if (result.GetValue(_json)) _terminal.WriteJson(status, EmulatorJson.Default.EmulatorStatus);
        else _terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"It is {status.NowNs * 1e-9:F4} s. Bridges {(status.BridgesEnabled ? "on" : "off")}."));
        return ExitCode.Ok;
    }
}
