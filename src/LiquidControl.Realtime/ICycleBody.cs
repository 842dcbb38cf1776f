namespace LiquidControl.Realtime;

/// <summary>What a periodic loop does. Neither call may allocate, throw, lock or wait.</summary>
public interface ICycleBody
{
    /// <summary>The work of a cycle.</summary>
    /// <param name="deadlineNs">When it was due.</param>
    /// <param name="skipped">Periods let go since the last one.</param>
    /// <returns>False: this was the last.</returns>
    bool Run(long deadlineNs, long skipped);

    /// <summary>The work is done; here is how it kept its time.</summary>
    void Finished(in CycleTiming timing);
}
