using LiquidControl.Neural;

namespace LiquidControl.Exchange;

/// <summary>
/// A PyTorch state_dict as torch.save (1.6 or later) writes it: a zip of a pickle program and the raw little-endian numbers. Nothing of the
/// program is executed. Format: PyTorch, torch/serialization.py; Python, Lib/pickletools.py.
/// </summary>
public static class PyTorchFile
{
    /// <summary>Larger files, and files that would unpack to more, are refused unread.</summary>
    public const long LargestFile = SafetensorsFile.LargestFile;

    private const string Save = "Save it again in Python: torch.save(model.state_dict(), path).";

    // A checkpoint of a training loop wraps the state_dict under one of these.
    private static readonly string[] Wrappers = ["state_dict", "model_state_dict"];

    /// <summary>The tensors in the state_dict's order, 32-bit and 64-bit ones as they are, each row-major.</summary>
    /// <exception cref="ModelFormatException">The file is missing, too large, or not a sound state_dict of F32 and F64.</exception>
    /// <exception cref="IOException">The operating system could not read it.</exception>
    public static IReadOnlyList<SafetensorsTensor> Read(string path)
    {
        if (!File.Exists(path)) throw new ModelFormatException(path, "path", "no such file", "a readable file", "Check the path.");
        using FileStream stream = File.OpenRead(path);
        return Parse(stream, path);
    }

    /// <summary>Reads a file from a stream.</summary>
    /// <param name="stream">The whole file; seekable; stays open.</param>
    /// <param name="file">Its name, for the message.</param>
    /// <exception cref="ModelFormatException">It is too large or not a sound state_dict of F32 and F64.</exception>
    public static IReadOnlyList<SafetensorsTensor> Parse(Stream stream, string file)
    {
        if (stream.Length > LargestFile)
        {
            throw new ModelFormatException(file, "file size", $"{stream.Length} bytes", $"at most {LargestFile}",
                "Check that it is the right file.");
        }

        CheckKind(stream, file);
        using PyTorchArchive archive = PyTorchArchive.Open(stream, file);
        object? root = PickleMachine.Run(archive.Read(PyTorchArchive.ProgramName, PickleProgram.Longest), file);
        PickleDictionary dictionary = StateDict(root, file);
        PyTorchNumbers numbers = new(archive, file);
        List<SafetensorsTensor> tensors = [];
        foreach ((object key, object? value) in dictionary.Entries)
        {
            if (key is not string name || value is not PyTorchTensor tensor) throw NoTensor(file, key);
            tensors.Add(new SafetensorsTensor(name, tensor.Storage.Type, tensor.Shape, numbers.Of(tensor)));
        }

        return tensors;
    }

    private static void CheckKind(Stream stream, string file)
    {
        Span<byte> start = stackalloc byte[4];
        stream.Position = 0;
        int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (start[..length].SequenceEqual("PK\u0003\u0004"u8)) return;
        if (start[..length] is [(byte)PickleOpcode.PROTO, ..])
        {
            throw new ModelFormatException(file, "offset 0", "a bare pickle, as PyTorch before 1.6 wrote it", "a zip",
                "Load it with PyTorch 1.6 or later and save it again: torch.save(model.state_dict(), path).");
        }

        throw new ModelFormatException(file, "offset 0", "something else", "the zip of a PyTorch file", Save);
    }

    private static PickleDictionary StateDict(object? root, string file)
    {
        if (root is not PickleDictionary dictionary)
        {
            throw new ModelFormatException(file, PyTorchArchive.ProgramName, "a value that is no dict", "a state_dict", Save);
        }

        PickleDictionary[] wrapped = [.. Wrappers.Select(key => dictionary[key]).OfType<PickleDictionary>()];
        if (wrapped.Length > 1)
        {
            throw new ModelFormatException(file, PyTorchArchive.ProgramName, string.Join(" and ", Wrappers), "one of them", Save);
        }

        PickleDictionary found = wrapped is [PickleDictionary inner] ? inner : dictionary;
        if (found.Count > 0) return found;
        throw new ModelFormatException(file, PyTorchArchive.ProgramName, "an empty dict", "the tensors of a state_dict", Save);
    }

    private static ModelFormatException NoTensor(string file, object key) =>
        new(file, $"{PyTorchArchive.ProgramName}, key '{key}'", "a value that is no tensor", "tensors under names",
            $"{Save} A checkpoint may hold it under {string.Join(" or ", Wrappers)}.");
}
