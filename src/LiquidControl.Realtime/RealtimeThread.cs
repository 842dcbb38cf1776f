using System.Runtime.ExceptionServices;

namespace LiquidControl.Realtime;

/// <summary>How a real-time thread is to run.</summary>
/// <param name="Scheduling">Of it.</param>
/// <param name="Processor">To run on; null leaves it to the kernel, as SCHED_DEADLINE demands.</param>
public sealed record RealtimeThreadSettings(SchedulingRequest Scheduling, int? Processor)
{
    public const int StackBytes = 1 << 20;

    /// <summary>Touched before the work begins.</summary>
    public const int PrefaultedStackBytes = StackBytes / 2;
}

/// <summary>One thread with its own scheduling, processor and stack; the rest of the process stays as it is (dotnet/runtime #77108).</summary>
public sealed class RealtimeThread
{
    private readonly Thread _thread;
    private readonly RealtimeThreadSettings _settings;
    private readonly ProcessRights _rights;
    private readonly Action _work;
    private readonly TaskCompletionSource _prepared = new();
    private Grant[] _grants = [];
    private ExceptionDispatchInfo? _failure;

    private RealtimeThread(string name, RealtimeThreadSettings settings, ProcessRights rights, Action work)
    {
        _settings = settings;
        _rights = rights;
        _work = work;
        _thread = new(Run, RealtimeThreadSettings.StackBytes) { Name = name, IsBackground = true };
    }

    /// <summary>What the kernel said to affinity and scheduling.</summary>
    public IReadOnlyList<Grant> Grants => _grants;

    public bool IsRunning => _thread.IsAlive;

    /// <summary>Starts the work; returns when the thread is prepared and <see cref="Grants"/> stand.</summary>
    public static RealtimeThread Start(string name, RealtimeThreadSettings settings, ProcessRights rights, Action work)
    {
        RealtimeThread thread = new(name, settings, rights, work);
        thread._thread.Start();
        thread._prepared.Task.Wait();
        return thread;
    }

    /// <summary>Waits for the end of the work, and throws what it threw.</summary>
    public void Join()
    {
        _thread.Join();
        _failure?.Throw();
    }

    private void Run()
    {
        try
        {
            Prepare();
            _work();
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
        }
    }

    private void Prepare()
    {
        try
        {
            Prefault.Stack(RealtimeThreadSettings.PrefaultedStackBytes);
            Grant scheduling() => ThreadScheduling.Apply(_settings.Scheduling, _rights);
            _grants = _settings.Processor is { } processor ? [ThreadAffinity.Pin(processor), scheduling()] : [scheduling()];
        }
        finally
        {
            _prepared.SetResult();
        }
    }
}
