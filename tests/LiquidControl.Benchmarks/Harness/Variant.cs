namespace LiquidControl.Benchmarks.Harness;

/// <summary>One way to do a step of a piece of work, ready to be run. Not thread-safe.</summary>
internal abstract class Variant : IDisposable
{
    /// <summary>Whether the work is done by code whose allocations the garbage collector counts.</summary>
    public virtual bool IsManaged => true;

    /// <summary>How many networks take each step: figures are for one of them.</summary>
    public virtual int StepsAtOnce => 1;

    /// <summary>How often a step evaluates the network's differential equation, on average; null if it solves none.</summary>
    public virtual double? EvaluationsPerStep => null;

    /// <summary>Takes this many steps, each on the inputs after those of the last.</summary>
    public abstract void Run(int steps);

    /// <summary>Throws unless the variant computes what it should.</summary>
    /// <exception cref="InvalidOperationException">It does not; names the worst place.</exception>
    public abstract void Check();

    public void Dispose() => Free();

    /// <summary>Lets go of what no garbage collector frees; must bear being called twice.</summary>
    protected virtual void Free()
    {
    }
}
