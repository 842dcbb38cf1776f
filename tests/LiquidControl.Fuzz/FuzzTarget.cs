namespace LiquidControl.Fuzz;

/// <summary>
/// A reader of files from outside, as a fuzzer sees it: any bytes in; a result, or the error that the reader declares. A new reader is one
/// class like this, a line in <see cref="FuzzTargets"/> and a folder of small sound files in corpus/.
/// </summary>
public abstract class FuzzTarget
{
    private const long Megabyte = 1 << 20;

    /// <summary>As on the command line; also the folder of its corpus.</summary>
    public abstract string Name { get; }

    /// <summary>What is read, in a few words.</summary>
    public abstract string Description { get; }

    /// <summary>The assemblies whose branches lead the fuzzer, without ".dll".</summary>
    public abstract IReadOnlyList<string> Assemblies { get; }

    /// <summary>Words of the format that random bytes would seldom form.</summary>
    public virtual IReadOnlyList<string> Words => [];

    /// <summary>What an error must call the input.</summary>
    public virtual string FileName => "input";

    /// <summary>Reads the input, to the end of what a program would do with it before it trusts it.</summary>
    public abstract void Read(byte[] input);

    /// <summary>Whether the reader's documentation names this error.</summary>
    public abstract bool Declares(Exception thrown);

    /// <summary>
    /// The most memory, in bytes, that reading may allocate in all. In proportion to the input: what a parser makes of a byte is a few dozen
    /// bytes at most (a token and its place), and a fixed part covers what does not depend on it.
    /// </summary>
    /// <param name="length">Of the input, bytes.</param>
    public virtual long MostAllocated(int length) => 16 * Megabyte + 64L * length;
}
