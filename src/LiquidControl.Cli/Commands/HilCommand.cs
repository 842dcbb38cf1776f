using System.CommandLine;
using LiquidControl.Hosting;

namespace LiquidControl.Cli.Commands;

/// <summary>
/// `hil`: the rig. Scenarios in lockstep, the simulated arm behind device nodes for programs that drive a real one, and recordings.
/// </summary>
internal static class HilCommand
{
    public static Command Create(Terminal terminal) => new(
        "hil", "The rig: runs scenarios with faults in lockstep, puts the simulated arm behind device nodes (/dev/i2c-1 and so on), records and replays.")
    {
        HilRunCommand.Create(terminal),
        HilCampaignCommand.Create(terminal),
        HilCollectCommand.Create(terminal),
        HilUpCommand.Create(terminal),
        HilExecCommand.Create(),
        HilFaultCommand.Create(terminal),
        HilStatusCommand.Create(terminal),
        HilStepCommand.Create(terminal),
        HilRecordCommand.Create(terminal),
        HilReplayCommand.Create(terminal),
        HilEndureCommand.Create(terminal),
        HilKillsCommand.Create(terminal),
    };

    /// <summary>The folder an emulator runs in, by which the other commands find it.</summary>
    public static Option<string> RunFolder() => new("--run")
    {
        Description = "Folder of the emulator's nodes and socket.",
        DefaultValueFactory = _ => "/run/liquidcontrol/hil",
        HelpName = "folder",
    };

    /// <exception cref="BadInputException">It has no chips.</exception>
    public static RobotConfiguration RobotWithChips(string name)
    {
        var robot = RobotConfiguration.Load(RobotCatalog.Find(name));
        return robot.Wiring is null
            ? throw new BadInputException($"--robot: found {robot.Arm.Name}, which has no chips, expected one with DC bridges, such as ar4-dc.")
            : robot;
    }

    public static string SocketIn(string folder) => Path.Combine(folder, "hil.sock");
}
