using Microsoft.ML.OnnxRuntime;
using Xunit;

namespace LiquidControl.Exchange.Tests;

/// <summary>Runs a model in ONNX Runtime on the processor.</summary>
internal static class OnnxSession
{
    /// <summary>The numbers of the first output, row-major. Skips the test where ONNX Runtime has no library for this platform.</summary>
    public static float[] Run(byte[] model, params (string Name, float[] Values, long[] Shape)[] inputs)
    {
        using InferenceSession session = Open(model);
        using RunOptions run = new();
        OrtValue[] values = [.. inputs.Select(input => OrtValue.CreateTensorValueFromMemory(input.Values, input.Shape))];
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> outputs =
                session.Run(run, [.. inputs.Select(input => input.Name)], values, session.OutputNames);
            return outputs[0].GetTensorDataAsSpan<float>().ToArray();
        }
        finally
        {
            Array.ForEach(values, value => value.Dispose());
        }
    }

    /// <summary>Skips the test where ONNX Runtime has no library for this platform.</summary>
    public static InferenceSession Open(byte[] model)
    {
        using SessionOptions options = Options();
        options.IntraOpNumThreads = 1;
        options.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR;
        return new InferenceSession(model, options);
    }

    /// <summary>One step of an exported network.</summary>
    public static (float[] Output, float[] State) Step(InferenceSession session, float[] input, float timespan, float[] state)
    {
        using RunOptions run = new();
        using OrtValue inputValue = OrtValue.CreateTensorValueFromMemory(input, [1, input.Length]);
        using OrtValue timespanValue = OrtValue.CreateTensorValueFromMemory((float[])[timespan], [1, 1]);
        using OrtValue stateValue = OrtValue.CreateTensorValueFromMemory(state, [1, state.Length]);
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(
            run, ["input", "timespan", "state"], [inputValue, timespanValue, stateValue], ["output", "next_state"]);
        return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[1].GetTensorDataAsSpan<float>().ToArray());
    }

    private static SessionOptions Options()
    {
        try
        {
            return new SessionOptions();
        }
        catch (Exception exception) when ((exception.InnerException ?? exception) is DllNotFoundException)
        {
            Assert.Skip("ONNX Runtime's native library (Microsoft.ML.OnnxRuntime) does not exist for this platform.");
            throw;
        }
    }
}
