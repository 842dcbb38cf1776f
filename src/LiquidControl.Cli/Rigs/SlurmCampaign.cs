using System.Globalization;
using System.Text;
using LiquidControl.Cli.Benchmarks;
using LiquidControl.Neural;

namespace LiquidControl.Cli.Rigs;

/// <summary>
/// A campaign as a Slurm job array (sbatch(1)): each task is a process of its own with a range of numbers and a file for its results. Tasks
/// that were ended go on where they were when the array is submitted again.
/// </summary>
/// <param name="folder">Of the script, the logs and the results, where every node sees it.</param>
/// <param name="robot">Its name or path.</param>
/// <param name="seed">Of the campaign.</param>
/// <param name="first">Number of the first scenario.</param>
/// <param name="count">How many.</param>
/// <param name="tasks">Over how many tasks they are spread.</param>
internal sealed class SlurmCampaign(string folder, string robot, ulong seed, int first, int count, int tasks)
{
    private const string Submit = "sbatch";

    /// <summary>Writes the script and submits it; gives what Slurm said.</summary>
    /// <exception cref="BadInputException">There is no Slurm, or it refuses.</exception>
    public async Task<string> SubmitAsync(CancellationToken cancellation)
    {
        if (!ChildProcess.IsOnPath(Submit))
            throw new BadInputException($"--slurm: found no {Submit} on the path, expected Slurm's commands. Debian: apt-get install slurm-client. Or run the campaign here, without --slurm.");
        Directory.CreateDirectory(folder);
        string script = Path.Combine(Path.GetFullPath(folder), "campaign.sh");
        AtomicFile.Write(script, Encoding.UTF8.GetBytes(Script()));
        using StringWriter said = new(), complained = new();
        int code = await ChildProcess.RunAsync(Submit, [script], Path.GetFullPath(folder), said, complained, cancellation);
        return code == 0
            ? said.ToString().Trim()
            : throw new BadInputException($"{Submit} {script}: ended with {code}: {complained.ToString().Trim()}. Look at sinfo, and submit the script again.");
    }

    /// <summary>Of a task's results.</summary>
    public static string Results(string folder) => Path.Combine(folder, "part-*.jsonl");

    private string Script()
    {
        int each = (count + tasks - 1) / tasks;
        string place = Path.GetFullPath(folder);
        return string.Create(CultureInfo.InvariantCulture, $"""
            #!/bin/sh
            # {count} scenarios of seed {seed} in {tasks} tasks; liquidcontrol hil collect puts the parts together.
            #SBATCH --job-name=liquidcontrol-campaign
            #SBATCH --array=0-{tasks - 1}
            #SBATCH --output={place}/task-%a.log
            #SBATCH --cpus-per-task=1
            first=$(({first} + SLURM_ARRAY_TASK_ID * {each}))
            left=$(({first + count} - first))
            [ "$left" -gt 0 ] || exit 0
            [ "$left" -lt {each} ] || left={each}
            DOTNET_PROCESSOR_COUNT=1 {Quoted(ChildProcess.Dotnet)} {Quoted(Path.Combine(AppContext.BaseDirectory, "liquidcontrol.dll"))} hil campaign --robot {Quoted(robot)} --seed {seed} \
                --first "$first" --scenarios "$left" --results {Quoted(place + "/part-")}"$SLURM_ARRAY_TASK_ID".jsonl --json
            # What did not hold is in the results; only a task that could not run has failed.
            [ $? -le 1 ]

            """);
    }

    private static string Quoted(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
