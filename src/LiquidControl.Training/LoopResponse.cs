namespace LiquidControl.Training;

/// <summary>
/// What an error of torque does to a joint whose law has an extended-state observer behind it: the observer takes up what changes slowly, the
/// error dynamics smooth what changes fast, and in between the joint leaves its path. The response is (1 − (b/(s + b))³)(w/(s + w))², that of
/// computed torque with a triple observer pole (<see cref="LiquidControl.Control.ControllerSettings"/>).
/// </summary>
/// <param name="ObserverBandwidth">b, rad/s.</param>
/// <param name="TrackingBandwidth">w, rad/s.</param>
/// <param name="Weight">Of the response's square in the loss.</param>
/// <param name="ErrorWeight">Of the error's own square: what the observer would have to take up.</param>
/// <param name="ChangeWeight">Of the square of the error's change from one step to the next, against chatter, which the loop hardly shows.</param>
public sealed record LoopResponse(
    double ObserverBandwidth, double TrackingBandwidth, double Weight, double ErrorWeight, double ChangeWeight = 0.0);
