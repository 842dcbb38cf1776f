using System.Buffers.Binary;
using System.IO.Compression;
using LiquidControl.Neural;
using LiquidControl.Numerics;

namespace LiquidControl.Exchange;

/// <summary>
/// The zip that torch.save writes: all entries under one folder, data.pkl and data/&lt;key&gt; among them. It comes from outside: the
/// number of entries, their names and both their claimed and their real sizes are checked before memory is reserved.
/// </summary>
internal sealed class PyTorchArchive : IDisposable
{
    public const string ProgramName = "data.pkl";

    private const int MostEntries = 8192;
    private const int LongestDirectory = 1 << 21;
    private const int DirectoryEnd = 22;
    private const int LongestByteOrder = 16;

    // What deflate can reach at most: two bits for 258 bytes, and the block's header.
    private const long HighestRatio = 1032;
    private const long HeaderAllowance = 64;

    // torch.save does not pack, and numbers that were learned hardly shrink: a file of more than this was made to fill a memory.
    private const long HighestTotalRatio = 16;
    private const long TotalAllowance = 1 << 20;

    private readonly string _file;
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);

    private PyTorchArchive(ZipArchive zip, string file)
    {
        _zip = zip;
        _file = file;
    }

    /// <param name="stream">Seekable; stays open.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="ModelFormatException">It is not a sound zip, or one of another kind.</exception>
    public static PyTorchArchive Open(Stream stream, string file)
    {
        CheckDirectory(stream, file);
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            PyTorchArchive archive = new(zip, file);
            archive.ReadEntries(stream.Length);
            zip = null;
            return archive;
        }
        catch (InvalidDataException exception)
        {
            throw new ModelFormatException(file, "zip directory", "damage", "a sound zip", PickleProgram.Damaged, exception);
        }
        finally
        {
            zip?.Dispose();
        }
    }

    /// <summary>The bytes of an entry.</summary>
    /// <param name="name">Below the archive's folder.</param>
    /// <param name="most">Longer ones are refused unread.</param>
    public byte[] Read(string name, long most)
    {
        if (!_entries.TryGetValue(name, out ZipArchiveEntry? entry)) throw Wrong(name, "no such entry", "one in the zip");
        if (entry.Length > most) throw Wrong(name, $"{entry.Length} bytes", $"at most {most}");
        byte[] bytes = new byte[entry.Length];
        try
        {
            using Stream stream = entry.Open();
            stream.ReadExactly(bytes);
            if (stream.ReadByte() >= 0) throw Wrong(name, "more bytes than the zip's directory says", $"{bytes.Length}");
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw Wrong(name, "damaged contents", $"{bytes.Length} bytes, stored or deflated", exception);
        }

        // A deflated entry of more bytes than claimed is cut off at the claim; its checksum gives it away.
        if (Crc32.Of(bytes) == entry.Crc32) return bytes;
        throw new ModelFormatException(_file, name, "bytes with another checksum than the zip's directory says",
            "the bytes that were saved",
            "The file is damaged, or was saved without checksums: call torch.serialization.set_crc32_options(True) and save it again.");
    }

    public void Dispose() => _zip.Dispose();

    /// <summary>Bounds the directory before it is read: whoever reads it makes an object of each entry.</summary>
    private static void CheckDirectory(Stream stream, string file)
    {
        Span<byte> end = stackalloc byte[DirectoryEnd];
        bool fits = stream.Length >= DirectoryEnd;
        if (fits)
        {
            stream.Position = stream.Length - DirectoryEnd;
            stream.ReadExactly(end);
        }

        // Disk numbers other than 0 would send the reader to another directory than the one bounded here; so would a comment.
        if (!fits || !end.StartsWith("PK\u0005\u0006\0\0\0\0"u8) || end[^2..] is not [0, 0])
        {
            throw new ModelFormatException(file, "end of file", "something else", "the end of a zip's directory", PickleProgram.Damaged);
        }

        int entries = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        long directory = stream.Length - BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        if (entries > MostEntries || directory > LongestDirectory || directory < 0)
        {
            throw new ModelFormatException(file, "zip directory", $"{entries} entries in {directory} bytes",
                $"at most {MostEntries} in {LongestDirectory} bytes", PyTorchObjects.SaveNumbers);
        }
    }

    private void ReadEntries(long fileLength)
    {
        string? program = _zip.Entries.Select(entry => entry.FullName)
            .FirstOrDefault(name => name.EndsWith($"/{ProgramName}", StringComparison.Ordinal));
        if (program is null) throw Wrong("zip", $"no {ProgramName}", "an archive of torch.save, version 1.6 or later");

        string folder = program[..^ProgramName.Length];
        long total = 0;
        long most = Math.Min(PyTorchFile.LargestFile, HighestTotalRatio * fileLength + TotalAllowance);
        foreach (ZipArchiveEntry entry in _zip.Entries)
        {
            string name = CheckedName(entry, folder);
            if (entry.IsEncrypted) throw Wrong(name, "an encrypted entry", "stored or deflated bytes");
            if (entry.CompressedLength < 0 || entry.CompressedLength > fileLength)
            {
                throw Wrong(name, $"{entry.CompressedLength} packed bytes", $"at most the file's {fileLength}");
            }

            if (entry.Length < 0 || entry.Length > HighestRatio * entry.CompressedLength + HeaderAllowance)
            {
                throw Wrong(name, $"{entry.Length} bytes out of {entry.CompressedLength}", $"at most {HighestRatio} times as many");
            }

            total += entry.Length;
            if (total > most) throw Wrong(name, $"{total} bytes so far", $"at most {most} in all");

            if (!_entries.TryAdd(name, entry)) throw Wrong(name, "two entries of this name", "each once");
        }

        if (_entries.Keys.Any(name => name == "constants.pkl" || name.StartsWith("code/", StringComparison.Ordinal)))
        {
            throw new ModelFormatException(_file, "zip", "a TorchScript program", "a state_dict",
                "Load it in Python with torch.jit.load and save its numbers: torch.save(model.state_dict(), path).");
        }

        CheckByteOrder();
    }

    /// <summary>The name below the archive's folder. Nothing is unpacked to disk; a name that climbs out is a sign of tampering.</summary>
    private string CheckedName(ZipArchiveEntry entry, string folder)
    {
        string name = entry.FullName;
        if (name.StartsWith(folder, StringComparison.Ordinal) && !name.Contains("..", StringComparison.Ordinal) && !name.Contains('\\'))
        {
            return name[folder.Length..];
        }

        throw Wrong("zip", $"an entry '{name}'", $"all entries below '{folder}'");
    }

    private void CheckByteOrder()
    {
        const string Entry = "byteorder";
        if (!_entries.ContainsKey(Entry) || Read(Entry, LongestByteOrder).AsSpan().SequenceEqual("little"u8)) return;
        throw new ModelFormatException(_file, Entry, "another byte order", "little",
            "Load the file and save it again on a little-endian machine.");
    }

    private ModelFormatException Wrong(string place, string found, string expected, Exception? inner = null) =>
        new(_file, place, found, expected, PickleProgram.Damaged, inner);
}
