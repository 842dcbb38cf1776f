namespace LiquidControl.Realtime;

/// <summary>The ring has a writer that lives.</summary>
public sealed class RingInUseException(string path, long processId)
    : IOException($"{path}: process {processId} writes this ring, expected none. Stop that process, or choose another path.");
