using System.Text.Json.Serialization;
using LiquidControl.Training;

namespace LiquidControl.Cli.Reports;

/// <summary>Serializers made at compile time: camelCase names, doubles that read back to the same bits.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DynamicsReport[]))]
[JsonSerializable(typeof(RobotReport))]
[JsonSerializable(typeof(MoveReport))]
[JsonSerializable(typeof(EvaluationRow[]))]
[JsonSerializable(typeof(ModelReport))]
[JsonSerializable(typeof(VerificationReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
