using LiquidControl.Neural.Kernels;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Neural.Tests.Kernels;

public class FixedPointPathTests
{
    private const int Steps = 12;

    [Fact]
    public void Every_path_gives_the_same_bits()
    {
        foreach (NetworkArchitecture architecture in FixedPointNetworks.Kinds)
        {
            NetworkWeights weights = FixedPointNetworks.Draw(architecture, 3);
            foreach (KernelPrecision precision in FixedPointNetworks.Precisions)
            {
                float[] plain = Run(weights, precision, KernelPath.Scalar);
                foreach (KernelPath path in Enum.GetValues<KernelPath>().Where(KernelPaths.IsSupported))
                {
                    Assert.True(plain.AsSpan().SequenceEqual(Run(weights, precision, path)), $"{architecture} {precision} {path}");
                }
            }
        }
    }

    /// <summary>A constant measured once on x64: any machine, runtime or compiler with other bits fails here.</summary>
    [Fact]
    public void Steps_have_the_recorded_bits()
    {
        StateHash hash = default;
        foreach (NetworkArchitecture architecture in FixedPointNetworks.Kinds)
        {
            NetworkWeights weights = FixedPointNetworks.Draw(architecture, 3);
            foreach (KernelPrecision precision in FixedPointNetworks.Precisions)
            {
                foreach (float value in Run(weights, precision, KernelPaths.Best)) hash.Add(value);
            }
        }

        Assert.Equal(14485906340383194149UL, hash.Value);
    }

    [Fact]
    public void A_path_this_processor_lacks_is_refused()
    {
        NetworkWeights weights = FixedPointNetworks.Draw(new CfcArchitecture { InputSize = 1, Units = 1 }, 3);
        foreach (KernelPath path in Enum.GetValues<KernelPath>().Where(path => !KernelPaths.IsSupported(path)))
        {
            KernelOptions options = new() { Path = path };
            Assert.Throws<PlatformNotSupportedException>(() => FixedPointKernel.Compile(weights, KernelPrecision.Fixed16, null, options));
        }
    }

    /// <summary>States and outputs, from ordinary inputs to ones far beyond every range.</summary>
    private static float[] Run(NetworkWeights weights, KernelPrecision precision, KernelPath path)
    {
        FixedPointKernel kernel = FixedPointKernel.Compile(weights, precision, null, new KernelOptions { Path = path });
        Assert.Equal(path, kernel.Path);
        KernelState state = kernel.CreateState();
        RandomStream random = new(9);
        float[] input = new float[kernel.InputSize];
        float[] output = new float[kernel.OutputSize];
        float[] states = new float[kernel.StateSize];
        List<float> seen = [];
        for (int step = 0; step < Steps; step++)
        {
            double scale = step % 4 == 3 ? 100.0 : 1.0;
            foreach (ref float value in input.AsSpan()) value = (float)(scale * random.Normal());
            Assert.Equal(StepResult.Ok, kernel.Step(state, input, (float)(scale * random.NextDouble()), output));
            state.Read(states);
            seen.AddRange(states);
            seen.AddRange(output);
        }

        return [.. seen];
    }
}
