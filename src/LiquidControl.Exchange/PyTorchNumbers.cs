using LiquidControl.Neural;

namespace LiquidControl.Exchange;

/// <summary>
/// The numbers of tensors, read from the archive. Each storage is read once and each tensor laid out once, under however many names it
/// stands.
/// </summary>
internal sealed class PyTorchNumbers(PyTorchArchive archive, string file)
{
    private readonly Dictionary<PyTorchStorage, byte[]> _storages = [];
    private readonly Dictionary<PyTorchTensor, ReadOnlyMemory<byte>> _tensors = [];

    /// <summary>Row-major, little-endian.</summary>
    public ReadOnlyMemory<byte> Of(PyTorchTensor tensor)
    {
        if (_tensors.TryGetValue(tensor, out ReadOnlyMemory<byte> numbers)) return numbers;
        if (!_storages.TryGetValue(tensor.Storage, out byte[]? storage))
        {
            storage = Read(tensor.Storage);
            _storages.Add(tensor.Storage, storage);
        }

        numbers = tensor.Gather(storage);
        _tensors.Add(tensor, numbers);
        return numbers;
    }

    private byte[] Read(PyTorchStorage storage)
    {
        string entry = $"data/{storage.Key}";
        byte[] bytes = archive.Read(entry, storage.ByteLength);
        if (bytes.Length == storage.ByteLength) return bytes;
        throw new ModelFormatException(file, entry, $"{bytes.Length} bytes", $"{storage.ByteLength} as {PyTorchArchive.ProgramName} says",
            PickleProgram.Damaged);
    }
}
