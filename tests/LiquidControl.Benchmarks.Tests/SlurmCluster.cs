using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace LiquidControl.Benchmarks.Tests;

/// <summary>Slurm on this machine alone, in a folder and on ports of its own; its daemons and the folder go with this.</summary>
internal sealed class SlurmCluster : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<Process> _daemons = [];

    public SlurmCluster()
    {
        Folder = Directory.CreateTempSubdirectory("liquidcontrol-slurm-").FullName;
        string key = In("key"), socket = In("munge.socket");
        File.WriteAllBytes(key, RandomNumberGenerator.GetBytes(1024));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(key, UnixFileMode.UserRead);
        string host = Dns.GetHostName().Split('.')[0], user = Environment.UserName;
        File.WriteAllText(In("slurm.conf"), $"""
            ClusterName=test
            SlurmctldHost={host}(127.0.0.1)
            SlurmUser={user}
            SlurmdUser={user}
            AuthType=auth/munge
            AuthInfo=socket={socket}
            StateSaveLocation={Directory.CreateDirectory(In("state")).FullName}
            SlurmdSpoolDir={Directory.CreateDirectory(In("spool")).FullName}
            SlurmctldPidFile={In("slurmctld.pid")}
            SlurmdPidFile={In("slurmd.pid")}
            SlurmctldPort={FreePort()}
            SlurmdPort={FreePort()}
            ProctrackType=proctrack/pgid
            TaskPlugin=task/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core
            SchedulerParameters=sched_interval=1,batch_sched_delay=0
            ReturnToService=2
            MpiDefault=none
            NodeName={host} NodeAddr=127.0.0.1 CPUs={Environment.ProcessorCount} State=UNKNOWN
            PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
            """);
        Start("munged", "--foreground", "--force", $"--socket={socket}", $"--key-file={key}", $"--pid-file={In("munge.pid")}", $"--log-file={In("munge.log")}", $"--seed-file={In("munge.seed")}");
        Await(() => File.Exists(socket), "munged's socket");
        Start("slurmctld", "-D", "-c");
        Start("slurmd", "-D", "-c");
        Await(() => Run("sinfo", "-h", "-o", "%t").Output.Trim() == "idle", "an idle node");
    }

    public string Folder { get; }

    public string In(string name) => Path.Combine(Folder, name);

    /// <summary>Runs a program that finds this cluster.</summary>
    public (int ExitCode, string Output, string Error) Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(Describe(program, arguments))!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>Until no job is left.</summary>
    public void AwaitJobs() => Await(() => Run("squeue", "-h").Output.Trim().Length == 0, "the end of all jobs", 6 * Patience);

    public void Dispose()
    {
        foreach (Process daemon in Enumerable.Reverse(_daemons))
        {
            daemon.Kill(entireProcessTree: true);
            daemon.WaitForExit();
            daemon.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static void Await(Func<bool> holds, string what, TimeSpan? patience = null)
    {
        var waited = Stopwatch.StartNew();
        while (!holds())
        {
            if (waited.Elapsed > (patience ?? Patience)) throw new TimeoutException($"There was not {what} in time.");
            Thread.Sleep(100);
        }
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private void Start(string program, params string[] arguments)
    {
        Process daemon = Process.Start(Describe(program, arguments))!;
        daemon.OutputDataReceived += (_, _) => { };
        daemon.ErrorDataReceived += (_, _) => { };
        daemon.BeginOutputReadLine();
        daemon.BeginErrorReadLine();
        _daemons.Add(daemon);
    }

    private ProcessStartInfo Describe(string program, string[] arguments)
    {
        // Debian keeps the daemons where a user's path may not lead.
        string sbin = Path.Combine("/usr/sbin", program);
        ProcessStartInfo start = new(File.Exists(sbin) ? sbin : program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        start.Environment["SLURM_CONF"] = In("slurm.conf");
        return start;
    }
}
