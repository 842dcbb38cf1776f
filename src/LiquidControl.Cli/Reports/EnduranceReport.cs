namespace LiquidControl.Cli.Reports;

/// <summary>What `hil endure --json` prints.</summary>
/// <param name="IsKept">Whether every move ended within 1 mm, nothing was a fault, and no record was torn.</param>
/// <param name="Robot">Its name.</param>
/// <param name="Seconds">It took.</param>
/// <param name="Cycles">Of the loop.</param>
/// <param name="Late">Periods skipped because a cycle ended too late.</param>
/// <param name="Stalls">How often it was late, however long.</param>
/// <param name="LatePerMilleWithReader">Of the periods while a reader was attached.</param>
/// <param name="LatePerMilleWithStranger">While a process ran that does the same but does not read the ring.</param>
/// <param name="StallsNearReaders">About when a reader came, went or was killed.</param>
/// <param name="StallsNearStrangers">About when one of the others did, which they did as often.</param>
/// <param name="Moves">There and back.</param>
/// <param name="MovesMissed">That did not end within 1 mm.</param>
/// <param name="WorstErrorMm">Of the tool, 0.5 s after the end of a move.</param>
/// <param name="Faults">That stopped the arm.</param>
/// <param name="Readers">Attached.</param>
/// <param name="ReadersKilled">Of them.</param>
/// <param name="RecordsRead">By those that ended as they should.</param>
/// <param name="RecordsLost">Overwritten before they were read.</param>
/// <param name="RecordsTorn">Read with a wrong checksum.</param>
/// <param name="RecordsLeft">Whole in the ring after the end.</param>
/// <param name="RecordsLeftTorn">Not.</param>
/// <param name="PlantLongestGapMs">The longest the plant's thread was kept waiting by this machine.</param>
internal sealed record EnduranceReport(
    bool IsKept, string Robot, double Seconds, long Cycles, long Late, int Stalls, double LatePerMilleWithReader, double LatePerMilleWithStranger,
    int StallsNearReaders, int StallsNearStrangers, int Moves, int MovesMissed, double WorstErrorMm, string[] Faults, int Readers, int ReadersKilled,
    long RecordsRead, long RecordsLost, long RecordsTorn, long RecordsLeft, long RecordsLeftTorn, double PlantLongestGapMs);
