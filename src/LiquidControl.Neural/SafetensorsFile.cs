using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LiquidControl.Neural;

/// <summary>
/// A safetensors file: eight bytes of header length (little-endian), a JSON header padded with spaces to a multiple of eight, then the
/// tensors' bytes without gaps. Format: github.com/huggingface/safetensors, README.
/// </summary>
/// <param name="Metadata">The header's __metadata__, in its order.</param>
/// <param name="Tensors">In the header's order.</param>
public sealed record SafetensorsFile(
    ImmutableArray<KeyValuePair<string, string>> Metadata, ImmutableArray<SafetensorsTensor> Tensors)
{
    /// <summary>Larger files are refused unread.</summary>
    public const long LargestFile = 1L << 28;

    /// <summary>Longer headers are refused.</summary>
    public const int LongestHeader = 1 << 22;

    private const int LengthPrefix = 8;

    // The relaxed encoder writes a quotation mark as \" like Python does; nothing here ends up in a web page.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="ModelFormatException">The file is missing, too large or not sound safetensors of F32 and F64.</exception>
    /// <exception cref="IOException">The operating system could not read it.</exception>
    public static SafetensorsFile Read(string path) => Parse(BoundedFile.ReadAllBytes(path, LargestFile), path);

    /// <summary>Reads a file from memory, which the tensors go on referring to.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="file">Its name, for the message.</param>
    /// <exception cref="ModelFormatException">It is not a well-formed safetensors file of F32 and F64.</exception>
    public static SafetensorsFile Parse(ReadOnlyMemory<byte> bytes, string file)
    {
        const string Remedy = "The file is truncated or not a safetensors file: copy it again or save it again.";
        if (bytes.Length < LengthPrefix)
        {
            throw new ModelFormatException(file, "header length at offset 0", $"{bytes.Length} bytes in the file", "at least 8", Remedy);
        }

        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span);
        if (headerLength > (ulong)(bytes.Length - LengthPrefix))
        {
            throw new ModelFormatException(file, "header length at offset 0", $"{headerLength} bytes",
                $"at most the {bytes.Length - LengthPrefix} that follow", Remedy);
        }

        if (headerLength > LongestHeader)
        {
            throw new ModelFormatException(file, "header length at offset 0", $"{headerLength} bytes", $"at most {LongestHeader}",
                "Put less into the header's __metadata__.");
        }

        int dataStart = LengthPrefix + (int)headerLength;
        return SafetensorsHeader.Parse(bytes[LengthPrefix..dataStart].Span, bytes[dataStart..], file);
    }

    /// <summary>Writes the file in one piece: another process sees the old file or the new one, never a part.</summary>
    /// <exception cref="IOException">The operating system could not write it.</exception>
    public void Write(string path) => AtomicFile.Write(path, ToBytes());

    /// <summary>The whole file. The same contents give the same bytes.</summary>
    public byte[] ToBytes()
    {
        using MemoryStream header = new();
        using (Utf8JsonWriter json = new(header, WriterOptions)) WriteHeader(json);
        while (header.Length % LengthPrefix != 0) header.WriteByte((byte)' ');

        byte[] bytes = new byte[checked(LengthPrefix + (int)header.Length + Tensors.Sum(tensor => tensor.Data.Length))];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        header.GetBuffer().AsSpan(0, (int)header.Length).CopyTo(bytes.AsSpan(LengthPrefix));
        int offset = LengthPrefix + (int)header.Length;
        foreach (SafetensorsTensor tensor in Tensors)
        {
            tensor.Data.Span.CopyTo(bytes.AsSpan(offset));
            offset += tensor.Data.Length;
        }

        return bytes;
    }

    private void WriteHeader(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Metadata.Length > 0)
        {
            json.WriteStartObject(SafetensorsHeader.MetadataKey);
            foreach ((string key, string value) in Metadata) json.WriteString(key, value);
            json.WriteEndObject();
        }

        long offset = 0;
        foreach (SafetensorsTensor tensor in Tensors)
        {
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.Type.ToString());
            json.WriteStartArray("shape");
            foreach (int extent in tensor.Shape) json.WriteNumberValue(extent);
            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(offset);
            offset += tensor.Data.Length;
            json.WriteNumberValue(offset);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
