using LiquidControl.Training.Observing;

namespace LiquidControl.Cli.Reports;

/// <summary>What an observer experiment found, in words.</summary>
internal static class ObserverWords
{
    public static IEnumerable<string> Of(ObserverReport report)
    {
        yield return Worth(report, ObserverNetwork.BlindCfc, "Knowing the time at all");
        yield return Worth(report, ObserverNetwork.FedCfc, "Having timespans, rather than dt as one more input,");
        yield return $"{ObserverNetwork.TimedCfc} against";
        foreach (var verdict in report.Verdicts) yield return Line(verdict);
    }

    private static string Worth(ObserverReport report, string rival, string what)
    {
        ObserverVerdict[] verdicts = [.. report.Verdicts.Where(verdict => verdict.Against == rival)];
        int better = verdicts.Sum(verdict => verdict.Better), worse = verdicts.Sum(verdict => verdict.Worse), all = verdicts.Sum(verdict => verdict.Regimes);
        string counts = $"better in {better}, worse in {worse} of {all} figures, the others within the spread";
        string words = (better, worse) switch
        {
            _ when report.Trainings == 1 => "cannot be told by a single training",
            ( > 0, 0) when 2 * better > all => "is worth something to the CfC here",
            (0, > 0) when 2 * worse > all => "does harm to the CfC here",
            _ when better > worse => "is worth something to the CfC in some regimes only",
            _ when better < worse => "is no advantage to the CfC here, and a disadvantage in some regimes",
            _ => "is no advantage to the CfC here",
        };
        return $"{what} {words}: {counts}.";
    }

    private static string Line(ObserverVerdict verdict) => FormattableString.Invariant(
        $"  {verdict.Against,-14} {verdict.Quantity}: better in {verdict.Better}, worse in {verdict.Worse} of {verdict.Regimes} regimes, error {verdict.SmallestRatio:F2} to {verdict.LargestRatio:F2} times");
}
