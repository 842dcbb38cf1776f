using Xunit;

namespace LiquidControl.Realtime.Tests;

/// <summary>The right to real-time scheduling, which not every machine gives.</summary>
internal static class RealtimeRights
{
    /// <summary>Skips the test that asks, saying what is missing; fails it where tools are demanded.</summary>
    public static void Need()
    {
        var rights = ProcessRights.Current();
        bool given = rights is { Processors: >= 2 } and ({ MayRaisePriority: true } or { PriorityLimit: >= 10 });
        const string Needs = "needs two processors, and CAP_SYS_NICE or RLIMIT_RTPRIO of 10: run as root, or ulimit -r 10";
        bool required = Environment.GetEnvironmentVariable("LIQUIDCONTROL_REQUIRE_TOOLS") == "1";
        Assert.SkipUnless(given || required, Needs);
        Assert.True(given, Needs);
    }
}
