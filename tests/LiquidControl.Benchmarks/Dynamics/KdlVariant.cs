using System.Globalization;
using System.Runtime.InteropServices;
using LiquidControl.Benchmarks.Harness;

namespace LiquidControl.Benchmarks.Dynamics;

/// <summary>Orocos KDL's counterpart of a function, on the chain that kdl_parser would make of the same description.</summary>
internal sealed unsafe class KdlVariant<TFunction> : Variant
    where TFunction : IDynamicsFunction
{
    private readonly DynamicsInputs _inputs;
    private readonly delegate* unmanaged<void*, int, int, double*, long> _run;
    private readonly delegate* unmanaged<void*, void> _free;
    private readonly double[] _results;
    private void* _arm;
    private int _next;

    public KdlVariant(DynamicsInputs inputs)
    {
        nint library = Kdl.Source.Load();
        _inputs = inputs;
        _run = (delegate* unmanaged<void*, int, int, double*, long>)NativeLibrary.GetExport(library, TFunction.KdlExport);
        _free = (delegate* unmanaged<void*, void>)NativeLibrary.GetExport(library, "kdl_free");
        _results = new double[DynamicsInputs.Count * TFunction.ResultSize(inputs.Model.JointCount)];
        _arm = Kdl.Create(library, inputs);
    }

    public override bool IsManaged => false;

    public override void Run(int steps)
    {
        long failed;
        fixed (double* results = _results) failed = _run(_arm, _next, steps, results);
        if (failed != 0) throw new InvalidOperationException($"KDL reports {failed} of {steps} calls failed.");
        _next = (_next + steps) % DynamicsInputs.Count;
    }

    /// <summary>Both must compute the same, to a part of the largest result.</summary>
    public override void Check()
    {
        Run(DynamicsInputs.Count);
        using OursVariant<TFunction> ours = new(_inputs);
        ours.Run(DynamicsInputs.Count);
        ReadOnlySpan<double> expected = ours.Results;
        double size = 0, worst = 0;
        int place = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            size = Math.Max(size, Math.Abs(expected[i]));
            double error = Math.Abs(KdlResult(i) - expected[i]);
            if (error <= worst) continue;
            worst = error;
            place = i;
        }

        if (worst <= Kdl.Tolerance * size) return;
        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
            $"result {place}: found {KdlResult(place)}, ours is {expected[place]}; allowed {Kdl.Tolerance} of {size}, the largest."));
    }

    protected override void Free()
    {
        if (_arm is not null) _free(_arm);
        _arm = null;
    }

    /// <summary>KDL's number at our place: its Jacobian comes column by column.</summary>
    private double KdlResult(int place)
    {
        if (typeof(TFunction) != typeof(JacobianCall)) return _results[place];
        int n = _inputs.Model.JointCount, state = place / (6 * n), row = place / n % 6, column = place % n;
        return _results[state * 6 * n + column * 6 + row];
    }
}
