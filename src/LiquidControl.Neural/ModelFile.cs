namespace LiquidControl.Neural;

/// <summary>Models on disk.</summary>
public static class ModelFile
{
    public static Model Load(string path) => throw new NotImplementedException(path);

    public static void Save(string path, Model model) => throw new NotImplementedException(path);
}
