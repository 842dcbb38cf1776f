using LiquidControl.Numerics;

namespace LiquidControl.Control;

/// <summary>
/// Position, velocity and unexplained acceleration of one joint from irregular, sometimes missing position samples. Third order, all three
/// poles at exp(-w h), where h is the time since the last accepted sample, so that gaps neither destabilise nor blunt it.
/// Source of the gains: Franklin, Powell, Workman, "Digital Control of Dynamic Systems", predictor form with a triple pole.
/// </summary>
public struct ExtendedStateObserver
{
    /// <summary>rad.</summary>
    public double Position { get; private set; }

    /// <summary>rad/s.</summary>
    public double Velocity { get; private set; }

    /// <summary>rad/s².</summary>
    public double Disturbance { get; private set; }

    /// <summary>Time since the last accepted sample, s.</summary>
    public double Age { get; private set; }

    public void Reset(double position)
    {
        Position = position;
        Velocity = 0.0;
        Disturbance = 0.0;
        Age = 0.0;
    }

    /// <summary>Moves the estimate on by dt under the acceleration the model expected.</summary>
    public void Predict(double dt, double modelAcceleration)
    {
        double acceleration = modelAcceleration + Disturbance;
        Position += dt * Velocity + 0.5 * dt * dt * acceleration;
        Velocity += dt * acceleration;
        Age += dt;
    }

    /// <summary>Something else than a sample says that the joint is this much faster, rad/s.</summary>
    public void Hasten(double velocity) => Velocity += velocity;

    /// <summary>A gap of dt across which nothing is known: the joint is taken to stand where it stood.</summary>
    public void Stand(double dt)
    {
        Velocity = 0.0;
        Age += dt;
    }

    /// <summary>Starts again at rest at a position, after a time about which nothing is known; what disturbed it then still may.</summary>
    public void Restart(double position)
    {
        Position = position;
        Velocity = 0.0;
        Age = 0.0;
    }

    /// <summary>What disturbs the joint is taken to be this, rad/s².</summary>
    public void Disturb(double acceleration) => Disturbance = acceleration;

    /// <summary>Takes another observer's estimate for its own; the time since a sample was accepted stays.</summary>
    public void Adopt(in ExtendedStateObserver other)
    {
        Position = other.Position;
        Velocity = other.Velocity;
        Disturbance = other.Disturbance;
    }

    /// <summary>Takes in a sample; <paramref name="innovation"/> is measured minus predicted, rad.</summary>
    public void Correct(double innovation, double bandwidth)
    {
        double h = Age;
        double pole = Elementary.Exp(-bandwidth * h);
        double gap = 1.0 - pole;
        Position += (1.0 - pole * pole * pole) * innovation;
        Velocity += 1.5 * gap * gap * (1.0 + pole) / h * innovation;
        Disturbance += gap * gap * gap / (h * h) * innovation;
        Age = 0.0;
    }
}
