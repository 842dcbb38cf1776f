namespace LiquidControl.Hosting.Machine;

/// <summary>What only the system itself can be asked; a test answers in its place. Null: it does not tell.</summary>
public interface IMachineCalls
{
    /// <summary>0 when this process may run a thread under SCHED_FIFO at a priority, else the error number; tried on a thread that ends at once.</summary>
    int TryFifo(int priority);

    /// <summary>Whether this process may read and write the file. The path is one of the root's, prefix included.</summary>
    bool MayReadAndWrite(string path);

    /// <summary>Bytes free to this user on the file system that holds a path of the root.</summary>
    long? FreeBytes(string path);

    /// <summary>Resolution of CLOCK_MONOTONIC, ns.</summary>
    long? TimerResolutionNs();

    /// <summary>Whether the kernel's clock is disciplined by a time source.</summary>
    bool? IsClockSynchronised();

    /// <summary>Version of the C library, such as 2.36.</summary>
    string? LibcVersion();

    /// <summary>What `vcgencmd get_throttled` prints; null where there is no such program.</summary>
    string? Throttled();
}
