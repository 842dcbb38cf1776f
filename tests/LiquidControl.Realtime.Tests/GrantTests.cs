using Xunit;

namespace LiquidControl.Realtime.Tests;

/// <summary>Whatever the kernel refuses is said in words, with what to do.</summary>
public class GrantTests
{
    private const int NotPermitted = 1;
    private const int OutOfMemory = 12;
    private const int Busy = 16;

    private static readonly ProcessRights None = new(false, false, PriorityLimit: 0, LockLimitBytes: 8 << 20, Processors: 4);
    private static readonly ProcessRights All = new(true, true, PriorityLimit: 99, LockLimitBytes: null, Processors: 4);

    [Fact]
    public void Without_the_right_the_limit_is_named()
    {
        Grant refusal = SchedulingRefusal.Of(SchedulingPolicy.Fifo, 80, NotPermitted, None);
        Assert.False(refusal.IsGranted);
        Assert.Contains("SCHED_FIFO 80", refusal.Words, StringComparison.Ordinal);
        Assert.Contains("RLIMIT_RTPRIO is 0", refusal.Words, StringComparison.Ordinal);
        Assert.Contains("LimitRTPRIO=80", refusal.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void With_the_right_it_is_the_control_group()
    {
        Grant refusal = SchedulingRefusal.Of(SchedulingPolicy.Fifo, 80, NotPermitted, All);
        Assert.Contains("CONFIG_RT_GROUP_SCHED", refusal.Words, StringComparison.Ordinal);
        Assert.Contains("cpu.rt_runtime_us", refusal.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NotPermitted, "root domain")]
    [InlineData(Busy, "bandwidth")]
    public void A_deadline_that_is_refused_says_why(int errno, string why) =>
        Assert.Contains(why, SchedulingRefusal.Of(SchedulingPolicy.Deadline, 80, errno, All).Words, StringComparison.Ordinal);

    [Theory]
    [InlineData(SchedulingPolicy.Fifo)]
    [InlineData(SchedulingPolicy.Deadline)]
    public void One_processor_is_never_given_to_a_real_time_thread(SchedulingPolicy policy)
    {
        var request = new SchedulingRequest(policy, 80, 100_000, 1_000_000);
        Grant grant = OnAThread(() => ThreadScheduling.Apply(request, All with { Processors = 1 }), out int inForce);
        Assert.False(grant.IsGranted);
        Assert.Equal((int)SchedulingPolicy.Other, inForce);
        Assert.Contains("one processor", grant.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_granted_is_in_force_on_that_thread_only()
    {
        RealtimeRights.Need();
        Grant grant = OnAThread(() => ThreadScheduling.Apply(new(SchedulingPolicy.Fifo, 10), ProcessRights.Current()), out int inForce);
        Assert.True(grant.IsGranted, grant.ToString());
        Assert.Equal((int)SchedulingPolicy.Fifo, inForce);
        Assert.Equal((int)SchedulingPolicy.Other, PolicyInForce());
    }

    [Fact]
    public void A_processor_that_is_not_there_is_refused()
    {
        Grant grant = OnAThread(() => ThreadAffinity.Pin(1000), out _);
        Assert.False(grant.IsGranted);
        Assert.NotEmpty(grant.Fix);
        Assert.False(ThreadAffinity.Pin(-1).IsGranted);
        Assert.False(ThreadAffinity.Pin(1 << 20).IsGranted);
    }

    [Fact]
    public void A_lock_that_is_refused_names_the_limit() =>
        Assert.Contains("RLIMIT_MEMLOCK is 8192 KiB", MemoryLock.Refusal(OutOfMemory, None).Words, StringComparison.Ordinal);

    [Fact]
    public void The_latency_request_is_four_zero_bytes_and_a_missing_device_is_said()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, [9, 9, 9, 9]);
            using (var request = CpuLatencyRequest.Hold(path))
                Assert.True(request.Grant.IsGranted, request.Grant.ToString());
            Assert.Equal(new byte[4], File.ReadAllBytes(path));
        }
        finally
        {
            File.Delete(path);
        }

        using var missing = CpuLatencyRequest.Hold(path);
        Assert.False(missing.Grant.IsGranted);
        Assert.Contains(path, missing.Grant.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_work_of_a_thread_throws_comes_out_of_its_end()
    {
        var thread = RealtimeThread.Start(
            "test", new(new(SchedulingPolicy.Other), Processor: 0), ProcessRights.Current(), () => throw new InvalidDataException("on purpose"));
        Assert.Equal("on purpose", Assert.Throws<InvalidDataException>(thread.Join).Message);
        Assert.All(thread.Grants, grant => Assert.True(grant.IsGranted, grant.ToString()));
        Assert.Equal(2, thread.Grants.Count);
    }

    private static Grant OnAThread(Func<Grant> ask, out int policy)
    {
        Grant? grant = null;
        int found = -1;
        var thread = new Thread(() =>
        {
            grant = ask();
            found = PolicyInForce();
        });
        thread.Start();
        thread.Join();
        policy = found;
        return grant!;
    }

    /// <summary>Field 41 of /proc/thread-self/stat (proc(5)); the name in field 2 may hold spaces.</summary>
    private static int PolicyInForce()
    {
        string stat = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[38], System.Globalization.CultureInfo.InvariantCulture);
    }
}
