using LiquidControl.Control;
using LiquidControl.Neural;
using LiquidControl.Neural.Ode;
using LiquidControl.Simulation;

namespace LiquidControl.Training.Prediction;

/// <summary>
/// The joint state a horizon (s) after the cycle's present, as far as somebody can tell: rad and rad/s, one a joint. Allocates nothing.
/// </summary>
public delegate void StateQuery(ControlCycle cycle, double horizon, Span<double> position, Span<double> velocity);

/// <summary>A way to tell the state to come. Each has memory of its own and is not thread-safe.</summary>
/// <param name="Name">For a table.</param>
/// <param name="At">One query.</param>
public sealed record Forecast(string Name, StateQuery At)
{
    /// <summary>The CfC's name in a table.</summary>
    public const string Network = "CfC";

    /// <summary>The name of the integration that nobody on a real arm could do.</summary>
    public const string Limit = "RK4, true parameters";

    /// <summary>
    /// Step of the integration over the believed equations, s. Friction's smoothed sign makes them stiff: with this step a second of them is
    /// within 0.3 mrad of its solution, with 1 ms within 1e-4, with 3 ms as much as 3 mrad off.
    /// </summary>
    public const double BelievedStep = 2e-3;

    /// <summary>Step over the true equations, s: those have the observer's poles and less inertia besides.</summary>
    public const double TrueStep = 1e-3;

    /// <summary>The CfC and what it is compared with, the limit last, for one episode.</summary>
    /// <param name="model">The predictor's network.</param>
    /// <param name="file">Where it came from.</param>
    /// <param name="believed">The arm as the controller believes it to be.</param>
    /// <param name="settings">The controller's.</param>
    /// <param name="truth">The arm as it is.</param>
    /// <exception cref="ModelFormatException">The network is not a predictor for this arm.</exception>
    public static Forecast[] All(Model model, string file, ArmDescription believed, ControllerSettings settings, PlantParameters truth) =>
    [
        OfNetwork(model, file, believed, settings),
        Integrated("RK4, own model", new BelievedLoop(believed, settings), BelievedStep),
        Law(believed, settings),
        Plan(believed),
        Extrapolated("constant velocity", isAccelerated: false),
        Extrapolated("constant acceleration", isAccelerated: true),
        Integrated(Limit, new TrueLoop(truth, believed, settings), TrueStep),
    ];

    /// <summary>One evaluation of the closed form.</summary>
    /// <param name="model">The predictor's network.</param>
    /// <param name="file">Where it came from.</param>
    /// <param name="believed">The arm as the controller believes it to be.</param>
    /// <param name="settings">The controller's.</param>
    /// <exception cref="ModelFormatException">The network is not a predictor for this arm.</exception>
    public static Forecast OfNetwork(Model model, string file, ArmDescription believed, ControllerSettings settings)
    {
        var predictor = JointStatePredictor.Create(model, believed.JointCount, settings, file);
        return new(Network, (cycle, horizon, position, velocity) =>
        {
            if (predictor.Predict(cycle.Estimate, cycle.Reference, horizon, position, velocity))
                return;
            position.Fill(double.NaN);
            velocity.Fill(double.NaN);
        });
    }

    /// <summary>The plan, and the present error dying away as the law wants it to.</summary>
    public static Forecast Law(ArmDescription believed, ControllerSettings settings)
    {
        var tracking = new TrackingForecast(believed.JointCount, settings.TrackingBandwidth);
        return new("law's error dynamics", (cycle, horizon, position, velocity) =>
            tracking.At(cycle.Estimate, cycle.Reference, horizon, position, velocity));
    }

    /// <summary>The reference for that time.</summary>
    public static Forecast Plan(ArmDescription believed)
    {
        var then = new JointReference(believed.JointCount);
        return new("plan", (cycle, horizon, position, velocity) =>
        {
            cycle.Reference.Ahead(horizon, then);
            then.Position.CopyTo(position);
            then.Velocity.CopyTo(velocity);
        });
    }

    /// <summary>Runge-Kutta 4 in equal steps of at most <paramref name="step"/> s.</summary>
    public static Forecast Integrated(string name, ClosedLoop loop, double step)
    {
        var solver = new RungeKutta4<double>(loop, substeps: 1);
        var state = new double[loop.Size];
        return new(name, (cycle, horizon, position, velocity) =>
        {
            loop.Begin(cycle.Estimate, cycle.Reference, state);
            int steps = (int)Math.Ceiling(horizon / step - 1e-9);
            for (int k = 0; k < steps; k++)
            {
                if (solver.Advance(horizon / steps, state) != OdeResult.Ok)
                    state.AsSpan().Fill(double.NaN);
            }

            state.AsSpan(0, position.Length).CopyTo(position);
            state.AsSpan(position.Length, velocity.Length).CopyTo(velocity);
        });
    }

    /// <summary>The estimate going on as it does now: at its velocity, or at the acceleration that the law has just asked for.</summary>
    public static Forecast Extrapolated(string name, bool isAccelerated) => new(name, (cycle, horizon, position, velocity) =>
    {
        for (int i = 0; i < position.Length; i++)
        {
            double acceleration = isAccelerated ? cycle.Command.ExpectedAcceleration[i] : 0.0;
            velocity[i] = cycle.Estimate.Velocity[i] + horizon * acceleration;
            position[i] = cycle.Estimate.Position[i] + horizon * (cycle.Estimate.Velocity[i] + 0.5 * horizon * acceleration);
        }
    });
}
