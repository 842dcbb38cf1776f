using System.CommandLine;
using LiquidControl.Cli.Benchmarks.Jitter;
using LiquidControl.Hosting;
using LiquidControl.Simulation.Nodes;

namespace LiquidControl.Cli.Commands;

/// <summary>
/// `service run`: becomes liquidcontrold. The same process goes on, so that Ctrl-C and SIGTERM reach the daemon once, as sent: the first
/// brings the arm to rest, the second ends at once.
/// </summary>
internal sealed class ServiceRunCommand
{
    private readonly Option<string?> _robot = new("--robot") { Description = "A robot's name, or the path of its robot.toml. [default: ar4-dc]", HelpName = "name" };
    private readonly Option<string?> _controller = CommonOptions.Choice("--controller", "The law in the cycle. [default: liquid]", null, ControllerNames.All);
    private readonly Option<string?> _devices = new("--dev") { Description = "Folder of the device nodes. [default: /dev]", HelpName = "folder" };
    private readonly Option<string?> _socket = new("--socket") { Description = $"For commands. [default: {DaemonPaths.Socket}]", HelpName = "path" };
    private readonly Option<string?> _ring = new("--ring") { Description = $"For the last cycles. [default: {DaemonPaths.Ring}]", HelpName = "path" };
    private readonly Option<bool> _emulated = new("--emulated") { Description = "The arm itself is emulated in the daemon." };
    private readonly Option<bool> _lockstep = new("--lockstep") { Description = "Time is a period a cycle; on the nodes of `liquidcontrol hil up --lockstep`." };
    private readonly Option<bool> _bestEffort = new("--best-effort") { Description = "Runs even on a machine that does not keep the rate (`liquidcontrol doctor` says why)." };
    private readonly Argument<string[]> _more = new("options") { Description = "After --: more options of liquidcontrold run.", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create()
    {
        var run = new ServiceRunCommand();
        var command = new ExampleCommand(
            "run", "Runs liquidcontrold in this terminal; the first Ctrl-C brings the arm to rest and ends it, a second ends at once.",
            "liquidcontrol service run --emulated --socket ./control --ring ./ring --best-effort",
            "liquidcontrol service run --robot ar4-dc -- --cpu 3 --priority 90",
            "liquidcontrol hil exec -- liquidcontrol service run",
            "liquidcontrol hil exec -- liquidcontrol service run --lockstep")
        {
            run._robot, run._controller, run._devices, run._socket, run._ring, run._emulated, run._lockstep, run._bestEffort, run._more,
        };
        command.SetAction(run.Run);
        return command;
    }

    private int Run(ParseResult result)
    {
        var program = DaemonProgram.Find();
        Option<string?>[] named = [_robot, _controller, _devices, _socket, _ring];
        Option<bool>[] flags = [_emulated, _lockstep, _bestEffort];
        var given = named.Where(option => result.GetValue(option) is not null).SelectMany(option => (string[])[option.Name, result.GetValue(option)!]);
        FilteredProgram.Become(
        [
            program.File, .. program.FirstArguments, "run", .. given, .. flags.Where(result.GetValue).Select(flag => flag.Name), .. result.GetValue(_more) ?? [],
        ]);
        return ExitCode.InternalError;
    }
}
