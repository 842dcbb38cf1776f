using LiquidControl.Benchmarks.Harness;
using LiquidControl.Benchmarks.Kernel;
using LiquidControl.Cli.Benchmarks;
using LiquidControl.Neural;
using Xunit;

namespace LiquidControl.Benchmarks.Tests;

public sealed class KernelBenchmarkTests
{
    [Fact]
    public async Task The_program_that_a_JIT_compiles_measures_every_size_and_our_steps_allocate_nothing()
    {
        using StringWriter output = new(), error = new();
        string program = Path.Combine(AppContext.BaseDirectory, "LiquidControl.Benchmarks.dll");
        int code = await ChildProcess.RunAsync(
            ChildProcess.Dotnet, [program, "kernel", "--quick"], AppContext.BaseDirectory,
            output, error, TestContext.Current.CancellationToken);

        Assert.True(code == 0, error.ToString());
        RowsExpected.Verify(output.ToString());
    }

    [Fact]
    public async Task The_command_measures_the_program_compiled_ahead_of_time()
    {
        QuickBenchRun run = await QuickBench.Run;

        Assert.True(run.ExitCode == 0, run.Error);
        RowsExpected.Verify(run.Output);
    }

    [Fact]
    public void A_variant_that_computes_something_else_is_refused_with_the_place()
    {
        NetworkWeights right = KernelSize.Dense[0].Weights, wrong = new(right.Architecture);
        right.Parameters.CopyTo(wrong.Parameters, 0);
        wrong[CfcKeys.Projection + CfcKeys.Bias][2] += 1e-3;
        using Pretender variant = new(right, wrong);

        string message = Assert.Throws<InvalidOperationException>(variant.Check).Message;
        Assert.Contains("output 2: found", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variant_that_computes_nothing_is_refused()
    {
        using Idler variant = new(KernelSize.Dense[0].Weights);

        Assert.Throws<InvalidOperationException>(variant.Check);
    }

    [Fact]
    public void Quantiles_are_numbers_that_were_measured()
    {
        Quantiles quantiles = new([.. Enumerable.Range(1, 200).Reverse().Select(k => (double)k)]);

        Assert.Equal((100.0, 198.0, 200.0, 200.0), (quantiles.Median, quantiles.At(0.99), quantiles.At(0.999), quantiles.Largest));
        Assert.Equal(7.0, new Quantiles([7.0]).At(0.5));
    }

    private sealed class Pretender(NetworkWeights right, NetworkWeights wrong) : KernelVariant(right, 1e-4)
    {
        public override void Run(int steps)
        {
            SampledNetwork<float> network = new(Network<float>.Create(wrong));
            for (int step = 0; step < steps; step++)
            {
                network.Step(Inputs.AsSpan(step * InputSize, InputSize), KernelInputs.Timespan);
                network.Output.CopyTo(Outputs.AsSpan(step * OutputSize));
            }
        }

        protected override void Reset()
        {
        }
    }

    private sealed class Idler(NetworkWeights weights) : KernelVariant(weights, 1e-4)
    {
        public override void Run(int steps)
        {
        }

        protected override void Reset()
        {
        }
    }
}
