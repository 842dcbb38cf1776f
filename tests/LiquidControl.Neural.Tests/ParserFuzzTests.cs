using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Neural.Tests;

/// <summary>
/// Whatever the bytes, a parser gives a result or one of the two exceptions it declares, and reserves memory in proportion.
/// </summary>
public class ParserFuzzTests
{
    private const int Cases = 4_000;

    [Fact]
    public void Mutated_safetensors_never_surprise()
    {
        byte[] sound = SafetensorsSample();
        for (ulong seed = 0; seed < Cases; seed++)
        {
            byte[] bytes = Mutate(sound, new RandomStream(seed), seed % 2 == 0 ? sound.Length : 700);
            ExpectDeclared(seed, 40 * bytes.Length + 100_000, () => SafetensorsFile.Parse(bytes, "file"));
        }
    }

    [Fact]
    public void Mutated_descriptions_never_surprise()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("m.safetensors");
        File.Copy(Golden.Tensors("cfc_pure_b0"), path);
        byte[] sound = """
            {"class": "CfC", "constructor": {"input_size": 3, "units": 6, "mode": "pure", "backbone_layers": 0, "proj_size": null},
             "timespan_scale": 0.005, "outputs": [], "provenance": {"seed": "1"},
             "features": [{"name": "a", "unit": "1", "mean": 1, "scale": 2},
             {"name": "b", "unit": "1", "mean": 0, "scale": 1}, {"name": "c", "unit": "1", "mean": 0, "scale": 1}]}
            """u8.ToArray();
        for (ulong seed = 0; seed < Cases; seed++)
        {
            File.WriteAllBytes(folder.File("m.json"), Mutate(sound, new RandomStream(seed), sound.Length));
            ExpectDeclared(seed, 1_000_000, () => ModelFile.Load(path));
        }
    }

    [Fact]
    public void Mutated_reference_files_never_surprise()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("r.json");
        byte[] sound = File.ReadAllBytes(Golden.Json("cfc_pure_b0"));
        for (ulong seed = 0; seed < 300; seed++)
        {
            File.WriteAllBytes(path, Mutate(sound, new RandomStream(seed), seed % 2 == 0 ? sound.Length : 3_000));
            ExpectDeclared(seed, 10_000_000, () => ReferenceVectors.Load(path).Verify(Precision.Binary32));
        }
    }

    private static byte[] SafetensorsSample()
    {
        Model model = ModelFileTests.Sample(CfcMode.Default, Activation.Tanh, 1, 2, false, TensorType.F32);
        return new SafetensorsFile([KeyValuePair.Create("k", "v")], [.. model.Weights.ToTensors(TensorType.F32)]).ToBytes();
    }

    private static void ExpectDeclared(ulong seed, long mostBytes, Action parse)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            parse();
        }
        catch (ModelFormatException exception)
        {
            Assert.NotEmpty(exception.Message);
        }
        catch (Exception exception)
        {
            Assert.Fail($"seed {seed}: {exception}");
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < mostBytes, $"seed {seed}: {allocated} bytes");
    }

    /// <summary>One to four changes within the first <paramref name="reach"/> bytes: bits, digits, deletions, repetitions.</summary>
    private static byte[] Mutate(byte[] sound, RandomStream random, int reach)
    {
        List<byte> bytes = [.. sound];
        int changes = 1 + random.NextInt(4);
        for (int i = 0; i < changes && bytes.Count > 0; i++)
        {
            int place = random.NextInt(Math.Min(reach, bytes.Count));
            int length = Math.Min(1 + random.NextInt(12), bytes.Count - place);
            switch (random.NextInt(6))
            {
                case 0:
                    bytes[place] ^= (byte)(1 << random.NextInt(8));
                    break;
                case 1:
                    bytes[place] = (byte)random.NextInt(256);
                    break;
                case 2:
                    bytes[place] = (byte)"0123456789-.eE[]{},:\"\\"[random.NextInt(22)];
                    break;
                case 3:
                    bytes.RemoveRange(place, length);
                    break;
                case 4:
                    bytes.InsertRange(place, bytes.GetRange(place, length));
                    break;
                default:
                    bytes.RemoveRange(place, bytes.Count - place);
                    break;
            }
        }

        return [.. bytes];
    }
}
