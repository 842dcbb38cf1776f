using LiquidControl.Neural;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Training.Tests;

/// <summary>Every mode and activation against central differences, in double, over different sequences in every lane.</summary>
public sealed class FiniteDifferenceTests
{
    private const ulong Seed = 20240815;
    private const int Steps = 7;
    private const double Perturbation = 1e-6;

    public static TheoryData<CfcMode, Activation, int, int> Configurations
    {
        get
        {
            TheoryData<CfcMode, Activation, int, int> all = [];
            foreach (CfcMode mode in Enum.GetValues<CfcMode>())
            {
                all.Add(mode, Activation.Tanh, 0, 0);
                foreach (Activation activation in Enum.GetValues<Activation>())
                    all.Add(mode, activation, 1 + ((int)activation % 3), (int)activation % 2 == 0 ? 2 : 0);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Gradient_is_the_slope_of_the_loss(CfcMode mode, Activation activation, int backboneLayers, int projection)
    {
        NetworkParameters layout = new(new CfcArchitecture
        {
            InputSize = 3,
            Units = 5,
            Mode = mode,
            Activation = activation,
            BackboneLayers = backboneLayers,
            BackboneUnits = 6,
            ProjectionSize = projection == 0 ? null : projection,
        });
        RandomStream random = new(Seed);
        double[] parameters = Uniform(random, layout.Count, 0.8);
        NetworkTape<double> tape = new(layout, Steps);
        double[] direction = Uniform(random, Steps * tape.OutputSize * NetworkTape<double>.LaneCount, 1.0);
        Load(tape, random);

        double[] gradient = new double[layout.Count];
        Loss(tape, parameters, direction);
        for (int step = 0; step < Steps; step++)
            direction.AsSpan(step * tape.OutputGradient(step).Length, tape.OutputGradient(step).Length).CopyTo(tape.OutputGradient(step));
        tape.Backward(parameters, gradient, Steps);

        for (int i = 0; i < layout.Count; i++)
        {
            double value = parameters[i];
            parameters[i] = value + Perturbation;
            double above = Loss(tape, parameters, direction);
            parameters[i] = value - Perturbation;
            double below = Loss(tape, parameters, direction);
            parameters[i] = value;
            double slope = (above - below) / (2.0 * Perturbation);
            Assert.True(Math.Abs(slope - gradient[i]) <= 2e-7 * (1.0 + Math.Abs(slope)), $"seed {Seed}: parameter {i}: gradient {gradient[i]:r}, slope {slope:r}");
        }
    }

    private static void Load(NetworkTape<double> tape, RandomStream random)
    {
        for (int step = 0; step < Steps; step++)
        {
            foreach (ref double x in tape.Input(step))
                x = random.Uniform(-1.0, 1.0);
            foreach (ref double dt in tape.Timespans(step))
                dt = random.Uniform(0.0, 2.0);
        }

        foreach (ref double h in tape.State)
            h = random.Uniform(-1.0, 1.0);
    }

    private static double Loss(NetworkTape<double> tape, double[] parameters, double[] direction)
    {
        tape.Forward(parameters, Steps);
        double loss = 0.0;
        for (int step = 0; step < Steps; step++)
            for (int i = 0; i < tape.Output(step).Length; i++)
                loss += direction[(step * tape.Output(step).Length) + i] * tape.Output(step)[i];
        return loss;
    }

    private static double[] Uniform(RandomStream random, int count, double bound)
    {
        double[] values = new double[count];
        foreach (ref double value in values.AsSpan())
            value = random.Uniform(-bound, bound);
        return values;
    }
}
