namespace LiquidControl.Cli;

/// <summary>What the process says to the shell.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The goal was not reached, or a tolerance was missed.</summary>
    public const int Missed = 1;

    /// <summary>A file, an argument or an option that cannot be used.</summary>
    public const int BadInput = 2;

    /// <summary>A fault of the program itself (EX_SOFTWARE of sysexits.h).</summary>
    public const int InternalError = 70;

    /// <summary>Stopped by Ctrl-C, as shells count it.</summary>
    public const int Cancelled = 130;
}
