using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Neural;
using LiquidControl.Simulation;
using LiquidControl.Training;
using LiquidControl.Training.Arm;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`eval rivals`: trains every network of the arm's table by one recipe, from several seeds, and drives them beside the laws.</summary>
internal sealed class EvalRivalsCommand
{
    private const string Everyone = "all";
    private const string EndToEnd = "end-to-end";
    private const int UsualSeeds = 3;
    private const int UsualEpisodes = 192;

    private static readonly ControllerKind[] Laws = [ControllerKind.CtEso, ControllerKind.CtRls];
    private static readonly string[] Networks = [.. ArmNetworks.All.Keys, EndToEnd];

    private static readonly Scenario[] Scenarios =
        [Scenario.Perturbed, Scenario.Payload, Scenario.Heavy, Scenario.Drops, Scenario.Nominal, Scenario.Unmodelled];

    private readonly Option<string> _robot = CommonOptions.Robot();
    private readonly Option<string> _networks = new("--networks")
    {
        Description = $"Names separated by commas ({string.Join(", ", Networks)}), or all.",
        DefaultValueFactory = _ => Everyone,
        HelpName = "a,b|all",
    };

    private readonly Option<long?> _seeds = NumberOptions.Whole("--seeds", $"Train from seeds 1 to this. [default: {UsualSeeds}]", 1, 1000);
    private readonly Option<long?> _moves = NumberOptions.Whole(
        "--training-moves", "Moves to collect first; a DAgger round collects half as many. [default: the recipe of the shipped network]", 2, 100_000);
    private readonly Option<long?> _episodes = NumberOptions.Whole(
        "--episodes", $"Moves a controller and scenario. [default: {UsualEpisodes}]", 1, 100_000);
    private readonly Option<long?> _seed = NumberOptions.Whole("--seed", "Seed of the moves that judge. [default: 1]", 0, long.MaxValue);
    private readonly Option<string?> _results = new("--results")
    {
        Description = "Folder in which every finished controller is kept; what is there is not trained again.",
        HelpName = "folder",
    };

    private readonly Option<string?> _plot = OdeInput.Plot("path and final errors of each controller in each scenario");
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Terminal _terminal;

    private EvalRivalsCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var rivals = new EvalRivalsCommand(terminal);
        var command = new ExampleCommand(
            "rivals", "Trains the liquid networks and their rivals by one recipe and drives them all, and the laws, over the same moves.",
            "liquidcontrol eval rivals --results rivals --plot rivals.png",
            "liquidcontrol eval rivals --networks cfc-32,gru-32 --seeds 1 --training-moves 512 --episodes 48")
        {
            rivals._robot, rivals._networks, rivals._seeds, rivals._moves, rivals._episodes, rivals._seed, rivals._results, rivals._plot,
            rivals._json,
        };
        command.SetAction((result, cancellation) => Task.FromResult(rivals.Run(result, cancellation)));
        return command;
    }

    private int Run(ParseResult result, CancellationToken cancellation)
    {
        var robot = RobotConfiguration.Load(RobotCatalog.Find(result.GetRequiredValue(_robot)));
        string[] networks = Chosen(result.GetRequiredValue(_networks));
        string? plot = result.GetValue(_plot);
        OdePicture.ThrowIfImpossible(plot);
        string? folder = result.GetValue(_results);
        if (folder is not null) Directory.CreateDirectory(folder);
        var judge = new Judge(robot, folder, result, this, cancellation);
        var results = new List<RivalResult>();
        foreach (var law in Laws) results.Add(judge.Of(ControllerNames.Of(law), null, () => (new(ControllerNames.Of(law), law), 0, 0)));
        foreach (string network in networks)
        {
            for (int seed = 1; seed <= (result.GetValue(_seeds) ?? UsualSeeds); seed++) results.Add(judge.Train(network, seed));
        }

        RivalRow[] rows =
        [
            .. judge.Scenarios.SelectMany(scenario => results.GroupBy(found => found.Controller)
                .Select(group => RivalRow.Of(scenario.Name, [.. group]))),
        ];
        string? picture = OdePicture.Write(plot, robot.Arm.Name, RivalPanels.Of(rows), _terminal);
        if (result.GetValue(_json)) _terminal.WriteJson(rows, ReportJson.Default.RivalRowArray);
        else Print(robot.Arm.Name, rows, results[0].Scenarios[0].Episodes, picture);
        return ExitCode.Ok;
    }

    private static string[] Chosen(string list)
    {
        string[] words = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words is [Everyone]) return Networks;
        foreach (string word in words)
        {
            if (Networks.Contains(word)) continue;
            string meant = Spelling.Nearest(word, Networks) is { } nearest ? $" Did you mean {nearest}?" : "";
            throw new BadInputException($"--networks: found '{word}', expected {Everyone} or names of {string.Join(", ", Networks)}.{meant}");
        }

        return words is [] ? throw new BadInputException($"--networks: found nothing, expected {Everyone} or names of {string.Join(", ", Networks)}.") : [.. words.Distinct()];
    }

    private void Print(string robot, RivalRow[] rows, int episodes, string? picture)
    {
        foreach (var scenario in rows.GroupBy(row => row.Scenario))
        {
            var yardstick = scenario.First();
            var table = new Table()
                .Title(Markup.Escape(FormattableString.Invariant($"{robot}, {scenario.Key}, {episodes} moves; mean and deviation over the training seeds")))
                .AddColumns("controller", "parameters", "path p95 mm", "of ct-eso", "final p95 mm", "success %", "mrad/s", "roughness %");
            foreach (var row in scenario)
            {
                table.AddRow(
                    row.Controller, row.Parameters == 0 ? "-" : row.Parameters.ToString(CultureInfo.InvariantCulture), EvalObserverCommand.Shown(row.PathP95Mm),
                    Shown(row.PathP95Mm.Mean / yardstick.PathP95Mm.Mean), EvalObserverCommand.Shown(row.FinalP95Mm), Shown(row.LeastSuccessPercent),
                    Shown(row.VelocityErrorRms.Mean), Shown(row.ResidualRoughness.Mean));
            }

            _terminal.Console.Write(table);
        }

        if (picture is not null) _terminal.Output.WriteLine($"Picture: {picture}");
    }

    private static string Shown(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>Trains and drives one controller after the other, or reads what an earlier run found.</summary>
    private sealed class Judge
    {
        private readonly RobotConfiguration _robot;
        private readonly string? _folder;
        private readonly Terminal _terminal;
        private readonly CancellationToken _cancellation;
        private readonly int? _moves;
        private readonly ulong _seed;
        private readonly int _episodes;

        public Judge(RobotConfiguration robot, string? folder, ParseResult result, EvalRivalsCommand command, CancellationToken cancellation)
        {
            _robot = robot;
            _folder = folder;
            _terminal = command._terminal;
            _cancellation = cancellation;
            _seed = (ulong)(result.GetValue(command._seed) ?? 1);
            _episodes = (int)(result.GetValue(command._episodes) ?? UsualEpisodes);
            _moves = (int?)result.GetValue(command._moves);
            Scenarios = robot.Simulation.Effects is null ? [.. EvalRivalsCommand.Scenarios.Where(scenario => !scenario.HasEffects)] : EvalRivalsCommand.Scenarios;
        }

        public Scenario[] Scenarios { get; }

        public RivalResult Train(string network, int seed) => Of(network, seed, () =>
        {
            var recipe = Recipe(network) with { Seed = (ulong)seed, Network = ArmNetworks.All.GetValueOrDefault(network, ArmNetworks.Cfc64) };
            var kind = network == EndToEnd ? ControllerKind.EndToEnd : ControllerKind.Liquid;
            var progress = StageProgress.Lines(_terminal.Error);
            var trained = ArmPolicyTraining.Run(
                Test, recipe, step => progress(step with { Stage = $"{network}, seed {seed}: {step.Stage}" }), _cancellation);
            _cancellation.ThrowIfCancellationRequested();
            if (trained.Outcome != TrainingOutcome.Completed) throw new BadInputException($"{network}, seed {seed}: {trained.Message}");
            var result = trained.Stages[^1].Result;
            return (ControllerEntry.Of(network, kind, result), result.Network.Count, recipe.Episodes);
        });

        public RivalResult Of(string name, int? seed, Func<(ControllerEntry Entry, int Parameters, int Moves)> make)
        {
            string? path = _folder is null ? null : Path.Combine(_folder, seed is null ? $"{name}.json" : FormattableString.Invariant($"{name}-{seed}.json"));
            if (path is not null && File.Exists(path)) return Read(path, seed is null ? 0 : Recipe(name).Episodes);
            var (entry, parameters, moves) = make();
            var seeds = ArmEvaluation.EpisodeSeeds(_seed, _episodes);
            EvaluationRow[] rows = [.. Scenarios.Select(scenario => EvaluationRow.Of(name, scenario.Name, ArmEvaluation.Run(Test, entry, scenario, seeds, null, _cancellation)))];
            var found = new RivalResult(name, seed, parameters, moves, (long)_seed, rows);
            if (path is not null) AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(found, ReportJson.Default.RivalResult));
            _terminal.Error.WriteLine(FormattableString.Invariant($"{name}{(seed is null ? "" : $", seed {seed}")}: path p95 {rows.First(row => row.Scenario == Scenario.Payload.Name).PathP95Mm:G3} mm with 0.5 kg"));
            return found;
        }

        private ArmUnderTest Test => new(_robot.Arm, _robot.Controller, () => SimulatedRobot.NewElectronics(_robot)) { Effects = _robot.Simulation.Effects };

        private ArmPolicyRecipe Recipe(string network)
        {
            var usual = ArmPolicyRecipe.Of(network == EndToEnd ? PolicyRole.EndToEnd : PolicyRole.Residual);
            return _moves is { } moves ? usual with { FirstEpisodes = moves, DaggerEpisodes = moves / 2 } : usual;
        }

        private RivalResult Read(string path, int moves)
        {
            RivalResult? found;
            try
            {
                found = JsonSerializer.Deserialize(File.ReadAllText(path), ReportJson.Default.RivalResult);
            }
            catch (JsonException error)
            {
                throw new BadInputException($"{path}: line {error.LineNumber + 1}: not a result of this command ({error.Message}). Remove it to make it again.");
            }

            bool fits = found?.Scenarios is not null && found.TrainingMoves == moves && found.EvaluationSeed == (long)_seed
                && found.Scenarios.Select(row => (row.Scenario, row.Episodes)).SequenceEqual(Scenarios.Select(scenario => (scenario.Name, _episodes)));
            return fits ? found! : throw new BadInputException(
                $"{path}: found {found?.TrainingMoves} training moves and {found?.Scenarios?.Count} scenarios from seed {found?.EvaluationSeed}, expected {moves}, {Scenarios.Length} and {_seed}, "
                + $"{_episodes} moves each. Remove it, or choose another --results.");
        }
    }
}
