using System.Runtime.InteropServices;
using System.Text;
using LiquidControl.Devices.Linux;

namespace LiquidControl.Simulation.Nodes;

/// <summary>Becomes another program, with the calling thread's <see cref="LineRequestFilter"/> on.</summary>
public static unsafe class FilteredProgram
{
    private const int BrokenPipe = 13;

    /// <summary>Does not return.</summary>
    /// <param name="words">The program, looked for in PATH, and its arguments.</param>
    /// <exception cref="IOException">There is no such program.</exception>
    public static void Become(IReadOnlyList<string> words)
    {
        byte** arguments = (byte**)NativeMemory.AllocZeroed((nuint)(words.Count + 1), (nuint)sizeof(byte*));
        for (int i = 0; i < words.Count; i++)
        {
            byte[] text = Encoding.UTF8.GetBytes(words[i]);
            arguments[i] = (byte*)NativeMemory.AllocZeroed((nuint)text.Length + 1);
            text.CopyTo(new Span<byte>(arguments[i], text.Length));
        }

        // The runtime ignores this signal, and what is ignored stays so in the new program.
        _ = NodeSyscalls.Signal(BrokenPipe, null);
        _ = NodeSyscalls.Execute(arguments[0], arguments);
        throw new IOException($"{words[0]}: found {DeviceFile.Text(Marshal.GetLastPInvokeError())}, expected a program to start.");
    }
}
