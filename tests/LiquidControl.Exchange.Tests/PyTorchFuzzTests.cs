using System.Diagnostics;
using LiquidControl.Neural;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Exchange.Tests;

/// <summary>Whatever the bytes, the reader gives tensors or a <see cref="ModelFormatException"/>, soon, and from little memory.</summary>
public class PyTorchFuzzTests
{
    private const int Cases = 4_000;
    private const long MostBytes = 2_000_000;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(30);

    public static TheoryData<string> AllGolden => [.. Golden.Names];

    [Theory]
    [MemberData(nameof(AllGolden))]
    public void Mutated_files_never_surprise(string name)
    {
        byte[] sound = File.ReadAllBytes(Golden.PyTorch(name));
        for (ulong seed = 0; seed < Cases; seed++)
        {
            byte[] file = Mutate(sound, new RandomStream(seed));
            ExpectDeclared(seed, () => Archive.Parse(file));
        }
    }

    [Theory]
    [MemberData(nameof(AllGolden))]
    public void Mutated_programs_never_surprise(string name)
    {
        byte[] file = File.ReadAllBytes(Golden.PyTorch(name));
        byte[] sound = Archive.Entry(file, $"{name}/data.pkl");
        byte[][] storages = [.. Enumerable.Range(0, 10).Select(i => Archive.Entry(file, $"{name}/data/{i}"))];
        int refused = 0;
        for (ulong seed = 0; seed < Cases; seed++)
        {
            byte[] mutated = Archive.Of(Mutate(sound, new RandomStream(seed)), storages);
            if (ExpectDeclared(seed, () => Archive.Parse(mutated))) refused++;
        }

        Assert.InRange(refused, Cases / 2, Cases);
    }

    /// <returns>Whether the reader refused.</returns>
    private static bool ExpectDeclared(ulong seed, Action parse)
    {
        bool refused = false;
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        try
        {
            parse();
        }
        catch (ModelFormatException exception)
        {
            Assert.NotEmpty(exception.Place);
            refused = true;
        }
        catch (Exception exception)
        {
            Assert.Fail($"seed {seed}: {exception}");
        }

        Assert.True(Stopwatch.GetElapsedTime(start) < MostTime, $"seed {seed}: {Stopwatch.GetElapsedTime(start)}");
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < MostBytes, $"seed {seed}: {allocated} bytes");
        return refused;
    }

    /// <summary>One to four changes: bits, bytes, opcodes, deletions, repetitions, an end too early.</summary>
    private static byte[] Mutate(byte[] sound, RandomStream random)
    {
        PickleOpcode[] opcodes = Enum.GetValues<PickleOpcode>();
        List<byte> bytes = [.. sound];
        int changes = 1 + random.NextInt(4);
        for (int i = 0; i < changes && bytes.Count > 0; i++)
        {
            int place = random.NextInt(bytes.Count);
            int length = Math.Min(1 + random.NextInt(12), bytes.Count - place);
            switch (random.NextInt(12))
            {
                case 0 or 1 or 2:
                    bytes[place] ^= (byte)(1 << random.NextInt(8));
                    break;
                case 3 or 4 or 5:
                    bytes[place] = (byte)random.NextInt(256);
                    break;
                case 6 or 7 or 8:
                    bytes[place] = (byte)opcodes[random.NextInt(opcodes.Length)];
                    break;
                case 9:
                    bytes.RemoveRange(place, length);
                    break;
                case 10:
                    bytes.InsertRange(place, bytes.GetRange(place, length));
                    break;
                default:
                    if (random.NextInt(8) == 0) bytes.RemoveRange(place, bytes.Count - place);
                    break;
            }
        }

        return [.. bytes];
    }
}
