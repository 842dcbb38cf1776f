namespace LiquidControl.Training.Prediction;

/// <summary>How far a forecast was from the truth at one horizon.</summary>
/// <param name="Scenario">What the plants differed by.</param>
/// <param name="Forecast">Whose.</param>
/// <param name="Horizon">How far ahead, s.</param>
/// <param name="Queries">How many.</param>
/// <param name="PositionRmsMrad">Root mean square over queries and joints.</param>
/// <param name="PositionP95Mrad">95th percentile over queries of the largest joint's error.</param>
/// <param name="ToolRmsMm">Root mean square of the distance of the tool centre point.</param>
/// <param name="ToolP95Mm">Its 95th percentile.</param>
/// <param name="VelocityRmsMrad">Root mean square over queries and joints, mrad/s.</param>
public sealed record PredictionRow(
    string Scenario, string Forecast, double Horizon, int Queries, double PositionRmsMrad, double PositionP95Mrad, double ToolRmsMm,
    double ToolP95Mm, double VelocityRmsMrad);
