namespace LiquidControl.Fuzz.Tests;

/// <summary>Runs something as the fuzzer does, with less stack than a thread has by default.</summary>
internal static class SmallStack
{
    private const int Size = 1 << 20;

    public static void Run(Action action)
    {
        Exception? error = null;
        Thread thread = new(() => error = Record(action), Size);
        thread.Start();
        thread.Join();
        if (error is not null) throw new InvalidOperationException("It failed on another thread.", error);
    }

    private static Exception? Record(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }
}
