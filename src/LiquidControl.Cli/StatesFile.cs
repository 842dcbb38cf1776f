using System.Text.Json;

namespace LiquidControl.Cli;

/// <summary>Joint positions (rad), velocities (rad/s) and torques (N·m) of one state.</summary>
internal sealed record JointStates(double[] Position, double[] Velocity, double[] Torque);

/// <summary>Reads [{"q":[],"qd":[],"tau":[]}], refusing what does not fit the arm.</summary>
internal static class StatesFile
{
    private const long LargestFile = 64 << 20;

    public static JointStates[] Read(string path, int jointCount)
    {
        var file = new FileInfo(path);
        if (!file.Exists) throw new BadInputException($"{path}: there is no such file. Give a JSON file with states.");
        if (file.Length > LargestFile) throw new BadInputException($"{path}: found {file.Length} bytes, expected at most {LargestFile}. Split the file.");
        try
        {
            using var stream = file.OpenRead();
            using var document = JsonDocument.Parse(stream);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Array)
            {
                throw new BadInputException($"{path}: found {Kind(root)}, expected an array of states [{{\"q\":[],\"qd\":[],\"tau\":[]}}]. Put brackets around it.");
            }

            return [.. root.EnumerateArray().Select((state, i) => State(path, state, i, jointCount))];
        }
        catch (JsonException e)
        {
            throw new BadInputException($"{path}:{e.LineNumber + 1}:{e.BytePositionInLine + 1}: not JSON. Correct the file there.");
        }
    }

    private static JointStates State(string path, JsonElement state, int index, int jointCount)
    {
        if (state.ValueKind != JsonValueKind.Object)
        {
            throw new BadInputException($"{path}: [{index}]: found {Kind(state)}, expected an object with q, qd and tau.");
        }

        return new(Numbers("q"), Numbers("qd"), Numbers("tau"));

        double[] Numbers(string name)
        {
            string place = $"{path}: [{index}].{name}";
            string expected = $"an array of {jointCount} numbers, one a joint of the URDF";
            if (!state.TryGetProperty(name, out var array)) throw new BadInputException($"{place}: found nothing, expected {expected}. Add it.");
            if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() != jointCount)
            {
                string found = array.ValueKind == JsonValueKind.Array ? $"{array.GetArrayLength()} items" : Kind(array);
                throw new BadInputException($"{place}: found {found}, expected {expected}.");
            }

            return [.. array.EnumerateArray().Select((item, k) => Number(item, $"{place}[{k}]"))];
        }
    }

    private static double Number(JsonElement item, string place)
    {
        if (item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out double value) && double.IsFinite(value)) return value;
        string found = item.ValueKind == JsonValueKind.Number ? "a number too large for a double" : Kind(item);
        throw new BadInputException($"{place}: found {found}, expected a finite number.");
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
