using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>Carries numbers from where one stage left them to where another reads them.</summary>
internal sealed unsafe class CopyStage(int source, int destination, int bytes) : FixedPointStage
{
    public override void Run(byte* memory, in FixedTimespan timespan) =>
        Unsafe.CopyBlockUnaligned(memory + destination, memory + source, (uint)bytes);
}
