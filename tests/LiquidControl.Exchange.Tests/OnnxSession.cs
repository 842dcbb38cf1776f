using Microsoft.ML.OnnxRuntime;
using Xunit;

namespace LiquidControl.Exchange.Tests;

/// <summary>Runs a model in ONNX Runtime on the processor.</summary>
internal static class OnnxSession
{
    /// <summary>The numbers of the first output, row-major. Skips the test where ONNX Runtime has no library for this platform.</summary>
    public static float[] Run(byte[] model, params (string Name, float[] Values, long[] Shape)[] inputs)
    {
        using SessionOptions options = Options();
        options.IntraOpNumThreads = 1;
        options.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR;
        using InferenceSession session = new(model, options);
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
