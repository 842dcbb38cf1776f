using LiquidControl.Neural;

namespace LiquidControl.Exchange;

/// <summary>
/// What the names in a state_dict's program stand for: dictionaries, storages and tensors. Formats: PyTorch, torch/_utils.py
/// (_rebuild_tensor_v2) and torch/serialization.py (persistent_id).
/// </summary>
internal sealed class PyTorchObjects(PickleProgram program)
{
    public const string SaveNumbers = "Nothing of the file was executed. Save the numbers alone: torch.save(model.state_dict(), path).";

    private const int MostTensors = 4096;
    private const int HighestRank = 8;
    private const int MostTimesLaidOut = 4;
    private const long LargestStride = int.MaxValue;
    private const string ToFloat = "Convert the numbers before saving, with .float(): torch.save(model.float().state_dict(), path).";

    private readonly Dictionary<string, PyTorchStorage> _storages = new(StringComparer.Ordinal);
    private readonly Dictionary<PyTorchStorage, long> _laidOut = [];
    private int _tensors;
    private long _totalBytes;

    /// <exception cref="ModelFormatException">The name is none of the known ones.</exception>
    public object Find(string module, string name) => (module, name) switch
    {
        ("collections", "OrderedDict") => PickleGlobal.OrderedDict,
        ("torch._utils", "_rebuild_tensor_v2") => PickleGlobal.RebuildTensor,
        ("torch._utils", "_rebuild_parameter") => PickleGlobal.RebuildParameter,
        ("torch", "FloatStorage") => PickleGlobal.FloatStorage,
        ("torch", "DoubleStorage") => PickleGlobal.DoubleStorage,
        ("torch" or "torch.storage", _) when name.EndsWith("Storage", StringComparison.Ordinal) =>
            throw program.Wrong($"numbers of {module}.{name}", "torch.FloatStorage or torch.DoubleStorage", ToFloat),
        _ => throw program.Wrong($"the name '{module}.{name}'", "only the dicts and tensors of a state_dict", SaveNumbers),
    };

    /// <summary>Takes the attributes of an OrderedDict, which are its _metadata, and drops them.</summary>
    public void Build(object? state, object? target)
    {
        if (target is PickleDictionary { IsOrdered: true } && state is PickleDictionary) return;
        throw program.Wrong("attributes for something else than an OrderedDict", "a dict for an OrderedDict", SaveNumbers);
    }

    public object Call(PickleGlobal callee, object?[] arguments)
    {
        switch (callee)
        {
            case PickleGlobal.OrderedDict when arguments is []:
                return new PickleDictionary(ordered: true);
            case PickleGlobal.RebuildTensor when arguments is [PyTorchStorage storage, long offset, PickleTuple size, PickleTuple strides,
                bool, PickleDictionary { Count: 0 }]:
                return Tensor(storage, offset, size, strides);
            case PickleGlobal.RebuildParameter when arguments is [PyTorchTensor tensor, bool, PickleDictionary { Count: 0 }]:
                return tensor;
            default:
                throw program.Wrong($"a call of {callee} with {arguments.Length} arguments", "a call as in a state_dict", SaveNumbers);
        }
    }

    /// <summary>A persistent id: ('storage', type, key, device, length).</summary>
    public PyTorchStorage Storage(object? id)
    {
        if (id is not PickleTuple { Items: ["storage", PickleGlobal kind, string key, string, long length] }
            || kind is not (PickleGlobal.FloatStorage or PickleGlobal.DoubleStorage))
        {
            throw program.Wrong("a persistent id of another form", "('storage', type, key, device, length)");
        }

        TensorType type = kind == PickleGlobal.FloatStorage ? TensorType.F32 : TensorType.F64;
        PyTorchStorage storage = new(type, key, length);
        if (key is not [_, ..] || !key.All(char.IsAsciiDigit)) throw program.Wrong("a storage's key of another form", "a whole number");
        if (length < 0 || length > PyTorchFile.LargestFile / storage.NumberSize)
        {
            throw program.Wrong($"a storage of {length} numbers", $"0 to {PyTorchFile.LargestFile / storage.NumberSize}");
        }

        if (_storages.TryAdd(key, storage) || _storages[key] == storage) return _storages[key];
        throw program.Wrong($"storage {key} as {storage.Length} of {type}", $"{_storages[key].Length} of {_storages[key].Type} as before");
    }

    private PyTorchTensor Tensor(PyTorchStorage storage, long offset, PickleTuple size, PickleTuple stride)
    {
        if (++_tensors > MostTensors) throw program.Wrong($"more than {MostTensors} tensors", $"at most {MostTensors}");
        int rank = size.Items.Length;
        if (rank > HighestRank) throw program.Wrong($"{rank} dimensions", $"at most {HighestRank}");
        if (stride.Items.Length != rank) throw program.Wrong($"{stride.Items.Length} strides", $"{rank}, one for each dimension");

        long[] extents = Wholes(size, "an extent", int.MaxValue);
        long[] strides = Wholes(stride, "a stride", LargestStride);
        long length = Length(extents, storage.NumberSize);
        CheckInside(storage, offset, extents, strides, length);
        _totalBytes += length * storage.NumberSize;
        if (_totalBytes > PyTorchFile.LargestFile)
        {
            throw program.Wrong($"tensors of more than {PyTorchFile.LargestFile} bytes", $"at most {PyTorchFile.LargestFile}");
        }

        PyTorchTensor tensor = new(storage, (int)offset, [.. extents.Select(extent => (int)extent)], [.. strides], (int)length);
        if (!tensor.IsContiguous) CheckLaidOut(storage, length);
        return tensor;
    }

    /// <summary>A view may show a number many times; a small file must not become a large tensor by that.</summary>
    private void CheckLaidOut(PyTorchStorage storage, long length)
    {
        long all = _laidOut.GetValueOrDefault(storage) + length;
        _laidOut[storage] = all;
        if (all <= MostTimesLaidOut * storage.Length) return;
        throw program.Wrong($"views that make {all} numbers of the {storage.Length} in storage {storage.Key}",
            $"at most {MostTimesLaidOut} times as many", "Save tensors of their own: {name: t.clone() for name, t in state_dict.items()}.");
    }

    private long[] Wholes(PickleTuple tuple, string what, long most)
    {
        long[] wholes = new long[tuple.Items.Length];
        for (int i = 0; i < wholes.Length; i++)
        {
            if (tuple.Items[i] is not long whole) throw program.Wrong($"{what} that is not a whole number", $"0 to {most}");
            if (whole < 0 || whole > most) throw program.Wrong($"{what} of {whole}", $"0 to {most}");
            wholes[i] = whole;
        }

        return wholes;
    }

    private long Length(long[] extents, int numberSize)
    {
        // Each factor is below 2^31 and the product is cut off at the file's bound, so it cannot overflow.
        long most = PyTorchFile.LargestFile / numberSize;
        long length = 1;
        foreach (long extent in extents)
        {
            length *= extent;
            if (length > most) throw program.Wrong($"a tensor of shape [{string.Join(", ", extents)}]", $"at most {most} numbers");
        }

        return length;
    }

    private void CheckInside(PyTorchStorage storage, long offset, long[] extents, long[] strides, long length)
    {
        if (offset < 0 || offset > storage.Length)
        {
            throw program.Wrong($"offset {offset} into storage {storage.Key}", $"0 to {storage.Length}");
        }

        if (length == 0) return;
        long last = offset;
        for (int i = 0; i < extents.Length && last < storage.Length; i++) last += (extents[i] - 1) * strides[i];
        if (last < storage.Length) return;
        string view = $"shape [{string.Join(", ", extents)}] and strides [{string.Join(", ", strides)}]";
        throw program.Wrong($"a tensor of {view} that reaches beyond storage {storage.Key}", $"numbers among its {storage.Length}");
    }
}
