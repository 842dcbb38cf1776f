using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LiquidControl.Benchmarks.Harness;
using LiquidControl.Neural;

namespace LiquidControl.Benchmarks.Kernel;

/// <summary>A dense network stepped by one of the programs in the folder `native`, which share the functions network_*.</summary>
internal sealed unsafe class NativeVariant : KernelVariant
{
    private readonly delegate* unmanaged<void*, void> _free;
    private readonly delegate* unmanaged<void*, void> _reset;
    private readonly delegate* unmanaged<void*, float*, int, int, int, float, float*, void> _run;
    private readonly float* _inputs;
    private readonly float* _outputs;
    private void* _network;

    /// <param name="source">The program.</param>
    /// <param name="size">The number under which it knows the size.</param>
    /// <param name="weights">The network, of that size.</param>
    /// <param name="tolerance">Largest difference of an output from the network in double.</param>
    public NativeVariant(NativeSource source, int size, NetworkWeights weights, double tolerance)
        : base(weights, tolerance)
    {
        nint library = source.Load();
        var create = (delegate* unmanaged<int, float*, void*>)NativeLibrary.GetExport(library, "network_create");
        _free = (delegate* unmanaged<void*, void>)NativeLibrary.GetExport(library, "network_free");
        _reset = (delegate* unmanaged<void*, void>)NativeLibrary.GetExport(library, "network_reset");
        _run = (delegate* unmanaged<void*, float*, int, int, int, float, float*, void>)NativeLibrary.GetExport(library, "network_run");
        float[] parameters = [.. weights.Parameters.Select(weight => (float)weight)];
        fixed (float* first = parameters) _network = create(size, first);
        if (_network is null) throw new InvalidOperationException($"{source.File} knows no size {size}.");
        _inputs = Pinned(Inputs);
        _outputs = Pinned(Outputs);
    }

    public override bool IsManaged => false;

    public override void Run(int steps)
    {
        _run(_network, _inputs, KernelInputs.Count, Next, steps, KernelInputs.Timespan, _outputs);
        Next = (Next + steps) % KernelInputs.Count;
    }

    protected override void Free()
    {
        if (_network is not null) _free(_network);
        _network = null;
    }

    protected override void Reset() => _reset(_network);

    private static float* Pinned(float[] values) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(values));
}
