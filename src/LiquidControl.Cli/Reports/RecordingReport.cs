namespace LiquidControl.Cli.Reports;

/// <summary>What `hil record --json` prints.</summary>
/// <param name="File">That was written.</param>
/// <param name="Robot">Its name.</param>
/// <param name="Controller">The law in its cycle.</param>
/// <param name="Records">In the file.</param>
/// <param name="Activations">Among them; without one there is nothing to replay.</param>
/// <param name="Lost">Overwritten in the ring before they were read.</param>
/// <param name="Corrupt">Left out because of their checksum.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="Writer">What became of the daemon: writing, ended, died or replaced.</param>
internal sealed record RecordingReport(
    string File, string Robot, string Controller, long Records, long Activations, long Lost, long Corrupt, long Bytes, string Writer);
