using System.Diagnostics;
using LiquidControl.Cli.Benchmarks;
using LiquidControl.Cli.Commands;

namespace LiquidControl.Cli.Rigs.Nodes;

/// <summary>A temporary folder for an emulator's nodes and for what belongs to its run; gone with this.</summary>
internal sealed class EmulatorFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liquidcontrol-hil-");

    public EmulatorFolder() => Directory.CreateDirectory(Devices);

    /// <summary>Where a daemon finds the nodes.</summary>
    public string Devices => In("dev");

    /// <summary>Of the emulator itself.</summary>
    public string Run => In("run");

    public string Socket => HilCommand.SocketIn(Run);

    /// <summary>For what belongs to the run.</summary>
    public string In(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>How to start a program of one's own under `hil exec`, whose line requests the emulator answers. It keeps the process.</summary>
    public ProcessStartInfo Exec(CheckoutProgram program, params string[] arguments) =>
        OwnProgram(["hil", "exec", "--run", Run, "--", program.File, .. program.FirstArguments, .. arguments]);

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>How to start this program with other words.</summary>
    public static ProcessStartInfo OwnProgram(params string[] arguments) =>
        ChildProcess.Describe(ChildProcess.Dotnet, [Path.Combine(AppContext.BaseDirectory, "liquidcontrol.dll"), .. arguments], Path.GetTempPath());
}
