using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using LiquidControl.Hosting;
using LiquidControl.Training;
using LiquidControl.Training.Arm;
using LiquidControl.Training.Observing;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`eval observer`: what explicit time is worth to a network that observes a joint through asynchronous samples.</summary>
internal sealed class EvalObserverCommand
{
    private static readonly ObserverOptions Usual = new();

    private readonly Option<string> _robot = CommonOptions.Robot();
    private readonly Option<long?> _moves = NumberOptions.Whole(
        "--moves", $"Moves to learn from. [default: {Usual.TrainingMoves}]", 8, 100_000);
    private readonly Option<long?> _testMoves = NumberOptions.Whole(
        "--test-moves", $"Other moves to be judged on. [default: {Usual.TestMoves}]", 1, 100_000);
    private readonly Option<long?> _epochs = NumberOptions.Whole(
        "--epochs", $"Passes over the moves in a training. [default: {Usual.Epochs}]", 1, 100_000);
    private readonly Option<long?> _trainings = NumberOptions.Whole(
        "--trainings", $"Trainings of each network, each from a seed of its own. [default: {Usual.TrainingSeeds}]", 1, 100);
    private readonly Option<long?> _seed = NumberOptions.Whole(
        "--seed", $"Seed of moves, plants and samples. [default: {Usual.Seed}]", 0, long.MaxValue);
    private readonly Option<long?> _threads = NumberOptions.Whole(
        "--threads", "Threads; they change the time, never a figure. [default: all processors]", 1, 1024);
    private readonly Option<string?> _plot = OdeInput.Plot("the errors of each estimator in each regime");
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Terminal _terminal;

    private EvalObserverCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var eval = new EvalObserverCommand(terminal);
        var command = new ExampleCommand(
            "observer",
            "Shows what explicit time is worth: networks told the time in several ways, or not at all, and a Kalman filter estimate velocity "
            + "and position of a joint from asynchronous samples of encoder, gyro and motor current.",
            "liquidcontrol eval observer --plot observer.png",
            "liquidcontrol eval observer --moves 32 --epochs 10 --trainings 2 --json")
        {
            eval._robot, eval._moves, eval._testMoves, eval._epochs, eval._trainings, eval._seed, eval._threads, eval._plot, eval._json,
        };
        command.SetAction((result, cancellation) => Task.FromResult(eval.Run(result, cancellation)));
        return command;
    }

    private int Run(ParseResult result, CancellationToken cancellation)
    {
        string? plot = result.GetValue(_plot);
        OdePicture.ThrowIfImpossible(plot);
        bool json = result.GetValue(_json);
        var robot = RobotConfiguration.Load(RobotCatalog.Find(result.GetRequiredValue(_robot)));
        if (JointMoves.Problem(robot.Arm) is { } problem) throw new BadInputException($"--robot: {problem}");
        var test = new ArmUnderTest(robot.Arm, robot.Controller, () => SimulatedRobot.NewElectronics(robot));
        var report = Work(test, Options(result), json, cancellation);
        string? picture = OdePicture.Write(plot, "Observer", ObserverPanels.Of(report.Rows), _terminal);
        if (json) _terminal.WriteJson(report, ReportJson.Default.ObserverReport);
        else Print(report, robot.Arm.Name, picture);
        return ExitCode.Ok;
    }

    private ObserverOptions Options(ParseResult result) => new()
    {
        TrainingMoves = (int)(result.GetValue(_moves) ?? Usual.TrainingMoves),
        TestMoves = (int)(result.GetValue(_testMoves) ?? Usual.TestMoves),
        Epochs = (int)(result.GetValue(_epochs) ?? Usual.Epochs),
        TrainingSeeds = (int)(result.GetValue(_trainings) ?? Usual.TrainingSeeds),
        Seed = (ulong)(result.GetValue(_seed) ?? (long)Usual.Seed),
        Threads = (int)(result.GetValue(_threads) ?? Environment.ProcessorCount),
    };

    private ObserverReport Work(ArmUnderTest test, ObserverOptions options, bool json, CancellationToken cancellation)
    {
        if (json || !_terminal.IsInteractive)
        {
            return Work(test, options, name =>
            {
                _terminal.Error.WriteLine(name);
                return _ => { };
            }, cancellation);
        }

        return _terminal.Console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = 20 }, new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => Work(test, options, name =>
            {
                var task = context.AddTask(name, maxValue: 1.0);
                return done => task.Value = done;
            }, cancellation));
    }

    /// <param name="test">The arm.</param>
    /// <param name="options">How many of what.</param>
    /// <param name="begin">Shows that a part of the work begins; gives what is told the share that is done.</param>
    /// <param name="cancellation">Stops within one chunk of a training.</param>
    private static ObserverReport Work(
        ArmUnderTest test, ObserverOptions options, Func<string, Action<double>> begin, CancellationToken cancellation)
    {
        var motions = JointMoves.Record(test, options, begin($"recording {options.Moves} moves"), cancellation);
        var experiment = new ObserverExperiment(JointMoves.SensorsOf(test.Described), motions, options);
        begin(ObserverExperiment.KalmanFilter);
        var rows = new List<ObserverRow> { experiment.RunKalmanFilter() };
        foreach (var network in ObserverNetwork.All) rows.Add(experiment.Run(network, begin(network.Name), cancellation));
        var timed = rows.First(row => row.Estimator == ObserverNetwork.TimedCfc);
        return new(
            options.TrainingMoves, options.TestMoves, options.TrainingSeeds, options.Epochs, options.Seed, experiment.VelocityScale,
            experiment.DisplacementScale, rows, [.. rows.Where(row => row != timed).SelectMany(row => ObserverVerdict.Of(timed, row))]);
    }

    private void Print(ObserverReport report, string arm, string? picture)
    {
        Print($"{arm}, base joint: velocity error, mrad/s RMS over the queries of {report.TestMoves} moves", report, error => error.Velocity);
        Print("Position error, mrad RMS", report, error => error.Position);
        var output = _terminal.Output;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Mean ± standard deviation of {report.Trainings} trainings. Trained and tuned on the irregular regime of {report.TrainingMoves} other moves."));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"An estimate of no motion would miss {report.VelocityScale:F0} mrad/s and, from the last encoder reading, {report.DisplacementScale:F2} mrad."));
        output.WriteLine();
        foreach (string line in ObserverWords.Of(report)) output.WriteLine(line);
        if (picture is not null) output.WriteLine($"Picture: {picture}");
    }

    private void Print(string title, ObserverReport report, Func<ObserverError, MeanSpread> select)
    {
        var table = new Table().Title(Markup.Escape(title)).AddColumns(
            ["estimator", .. report.Rows[0].Errors.Select(error => error.Regime), "numbers", "training s"]);
        foreach (var row in report.Rows)
        {
            table.AddRow(
            [
                row.Estimator, .. row.Errors.Select(error => Shown(select(error))),
                row.Parameters.ToString(CultureInfo.InvariantCulture), row.TrainingSeconds.ToString("F1", CultureInfo.InvariantCulture),
            ]);
        }

        _terminal.Console.Write(table);
    }

    /// <summary>A figure over several trainings.</summary>
    public static string Shown(MeanSpread value) => value.Spread is > 0.0 and { } spread
        ? string.Create(CultureInfo.InvariantCulture, $"{value.Mean:G3} ± {spread:G2}")
        : value.Mean.ToString("G3", CultureInfo.InvariantCulture);
}
