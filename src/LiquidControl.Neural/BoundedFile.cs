namespace LiquidControl.Neural;

/// <summary>Reads whole files, but none larger than a limit.</summary>
internal static class BoundedFile
{
    /// <exception cref="ModelFormatException">There is no such file, or it is larger than <paramref name="most"/> bytes.</exception>
    public static byte[] ReadAllBytes(string path, long most)
    {
        if (!File.Exists(path))
        {
            throw new ModelFormatException(path, "path", "no such file", "a readable file", "Check the path.");
        }

        using FileStream stream = File.OpenRead(path);
        if (stream.Length > most)
        {
            throw new ModelFormatException(path, "file size", $"{stream.Length} bytes", $"at most {most}",
                "Check that it is the right file.");
        }

        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
