using System.CommandLine;
using System.Globalization;
using LiquidControl.Hosting;

namespace LiquidControl.Cli.Commands;

/// <summary>`hil fault`: breaks something in a running emulator, or mends it.</summary>
internal sealed class HilFaultCommand
{
    private readonly Argument<string?> _fault = new("fault") { Description = "What breaks; without it, the list.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string?> _target = new("target") { Description = "The I2C address (0x40) or the joint (1 to 6) it is for.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<long?> _transfers = NumberOptions.Whole("--transfers", "For how many transfers. [default: until cleared]", 1, int.MaxValue - 1);
    private readonly Option<string> _run = HilCommand.RunFolder();
    private readonly Terminal _terminal;

    private HilFaultCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var fault = new HilFaultCommand(terminal);
        var command = new ExampleCommand(
            "fault", "Breaks wires and chips of a running emulator, presses its emergency stop, or mends all.",
            "liquidcontrol hil fault", "liquidcontrol hil fault nak 0x40 --transfers 3", "liquidcontrol hil fault encoder-parity 2",
            "liquidcontrol hil fault emergency-stop", "liquidcontrol hil fault clear")
        {
            fault._fault, fault._target, fault._transfers, fault._run,
        };
        command.SetAction(fault.Run);
        return command;
    }

    private int Run(ParseResult result)
    {
        if (result.GetValue(_fault) is not { } name)
        {
            foreach (var known in EmulatedFault.All)
                _terminal.Output.WriteLine($"{known.Name + (known.Target is null ? "" : $" [{known.Target}]"),-24} {known.Description}");
            return ExitCode.Ok;
        }

        var fault = EmulatedFault.Find(name);
        string? word = result.GetValue(_target);
        int? target = word is null ? null : Target(fault, word);
        string socket = HilCommand.SocketIn(result.GetRequiredValue(_run));
        EmulatorSocket.Ask(socket, string.Create(CultureInfo.InvariantCulture, $"fault {name} {target?.ToString(CultureInfo.InvariantCulture) ?? "-"} {result.GetValue(_transfers)}"));
        _terminal.Output.WriteLine($"{name}: done.");
        return ExitCode.Ok;
    }

    private static int Target(EmulatedFault fault, string word)
    {
        if (fault.Target is null) throw new BadInputException($"{fault.Name}: found the target '{word}', expected none.");
        bool isHex = word.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        bool isNumber = isHex
            ? int.TryParse(word.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int number)
            : int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        return isNumber ? number : throw new BadInputException($"{fault.Name}: found '{word}', expected {fault.Target} as a number, such as 0x40 or 2.");
    }
}
