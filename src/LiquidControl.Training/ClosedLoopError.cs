using LiquidControl.Numerics;

namespace LiquidControl.Training;

/// <summary>
/// The squared error of a residual torque as the arm will show it: through the <see cref="LoopResponse"/> of law and observer, plus a share of
/// the error itself. Each chunk begins with the observer settled on its first error. Five lags of first order make the response, three of the
/// observer and two of the error dynamics, each moving by 1 − exp(−b dt) towards its input; the gradient runs through them backwards.
/// </summary>
internal sealed class ClosedLoopError(float[] outputWeights, LoopResponse response) : SequenceLoss(outputWeights)
{
    private const int LaneCount = Lanes.Count;

    public override float Value(float output, float target, out float slope)
    {
        float d = output - target, weight = (float)response.ErrorWeight;
        slope = 2f * weight * d;
        return weight * d * d;
    }

    private protected override double AddAcrossSteps(LaneShard chunk, double normalise)
    {
        int steps = chunk.Steps;
        int row = chunk.Output(0).Length;
        var lags = new LoopLags(row);
        float[] responses = new float[steps * row];
        float[] observing = new float[steps * LaneCount], tracking = new float[steps * LaneCount];
        double loss = 0.0;
        for (int step = 0; step < steps; step++)
        {
            for (int lane = 0; lane < LaneCount; lane++)
            {
                double dt = chunk.Elapsed(step)[lane];
                observing[step * LaneCount + lane] = Share(response.ObserverBandwidth, dt);
                tracking[step * LaneCount + lane] = Share(response.TrackingBandwidth, dt);
            }

            ReadOnlySpan<float> output = chunk.Output(step), target = chunk.Targets(step), weights = chunk.Weights(step);
            for (int i = 0; i < row; i++)
            {
                int lane = i % LaneCount;
                float moved = lags.Advance(
                    i, output[i] - target[i], observing[step * LaneCount + lane], tracking[step * LaneCount + lane], first: step == 0);
                double weight = response.Weight * weights[lane] * OutputWeight(i) * normalise;
                loss += weight * moved * moved;
                responses[step * row + i] = (float)(2.0 * weight * moved);
            }
        }

        lags.Clear();
        for (int step = steps - 1; step >= 0; step--)
        {
            Span<float> gradient = chunk.OutputGradient(step);
            for (int i = 0; i < row; i++)
            {
                int lane = i % LaneCount;
                gradient[i] += lags.Retreat(
                    i, responses[step * row + i], observing[step * LaneCount + lane], tracking[step * LaneCount + lane], first: step == 0);
            }
        }

        return loss + AddChanges(chunk, response.ChangeWeight, normalise);
    }

    private static float Share(double bandwidth, double dt) => (float)(1.0 - Elementary.Exp(-bandwidth * dt));

    /// <summary>The five lags of each output and lane; backwards, the loss gradients of what they hold.</summary>
    private sealed class LoopLags(int count)
    {
        private readonly float[] _observed1 = new float[count];
        private readonly float[] _observed2 = new float[count];
        private readonly float[] _observed3 = new float[count];
        private readonly float[] _tracked1 = new float[count];
        private readonly float[] _tracked2 = new float[count];

        public void Clear()
        {
            foreach (float[] lag in (float[][])[_observed1, _observed2, _observed3, _tracked1, _tracked2])
                Array.Clear(lag);
        }

        public float Advance(int i, float error, float observing, float tracking, bool first)
        {
            if (first)
                _observed1[i] = _observed2[i] = _observed3[i] = error;
            _observed1[i] += observing * (error - _observed1[i]);
            _observed2[i] += observing * (_observed1[i] - _observed2[i]);
            _observed3[i] += observing * (_observed2[i] - _observed3[i]);
            _tracked1[i] += tracking * (error - _observed3[i] - _tracked1[i]);
            return _tracked2[i] += tracking * (_tracked1[i] - _tracked2[i]);
        }

        /// <summary>Takes in the loss gradient of a step's response and returns that of its error.</summary>
        public float Retreat(int i, float slope, float observing, float tracking, bool first)
        {
            float d2 = _tracked2[i] + slope;
            float d1 = _tracked1[i] + tracking * d2;
            float rest = tracking * d1;
            float o3 = _observed3[i] - rest;
            float o2 = _observed2[i] + observing * o3;
            float o1 = _observed1[i] + observing * o2;
            _tracked2[i] = (1f - tracking) * d2;
            _tracked1[i] = (1f - tracking) * d1;
            _observed3[i] = (1f - observing) * o3;
            _observed2[i] = (1f - observing) * o2;
            _observed1[i] = (1f - observing) * o1;
            float error = rest + observing * o1;
            return first ? error + _observed1[i] + _observed2[i] + _observed3[i] : error;
        }
    }
}
