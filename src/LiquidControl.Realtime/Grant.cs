namespace LiquidControl.Realtime;

/// <summary>What was asked of the kernel and what came of it, in words for a person.</summary>
/// <param name="Subject">What it is about: scheduling, affinity, memory, latency.</param>
/// <param name="IsGranted">Whether all that was asked for was given.</param>
/// <param name="Words">What is in force now, or what was refused and why.</param>
/// <param name="Fix">What to do about a refusal; empty when granted.</param>
public sealed record Grant(string Subject, bool IsGranted, string Words, string Fix = "")
{
    public override string ToString() => Fix.Length == 0 ? $"{Subject}: {Words}" : $"{Subject}: {Words} Fix: {Fix}";
}
