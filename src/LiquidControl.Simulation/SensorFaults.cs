using LiquidControl.Control;

namespace LiquidControl.Simulation;

/// <summary>
/// What is wrong with an arm's sensors, between the plant and the chips that are read: no driver can go around it. Each fault can be mended
/// again. Joints count from 0.
/// </summary>
public sealed class SensorFaults
{
    private readonly EncoderScale[] _scales;
    private readonly EncoderFault[] _encoders;
    private readonly int[] _truth;
    private readonly short[] _imu = new short[7];
    private bool _imuFrozen;
    private bool _imuKept;
    private bool _imuSaturated;

    internal SensorFaults(EncoderScale[] scales)
    {
        _scales = scales;
        _encoders = new EncoderFault[scales.Length];
        _truth = new int[scales.Length];
        MendAll();
    }

    /// <summary>An encoder gives the same count from now on.</summary>
    public void FreezeEncoder(int joint) => _encoders[joint].IsFrozen = true;

    /// <summary>An encoder is off by an angle, rad, from now on: its magnet slipped.</summary>
    public void ShiftEncoder(int joint, double angle) => _encoders[joint].Shift += angle;

    /// <summary>An encoder's error grows, rad/s.</summary>
    public void DriftEncoder(int joint, double rate) => _encoders[joint].Drift = rate;

    /// <summary>An encoder turns by <paramref name="factor"/> of its joint: a wrong gear, or -1 for the wrong sense.</summary>
    public void GearEncoder(int joint, double factor) => _encoders[joint].Gear = factor;

    /// <summary>Two encoders' cables are exchanged.</summary>
    public void SwapEncoders(int one, int other) =>
        (_encoders[one].Source, _encoders[other].Source) = (_encoders[other].Source, _encoders[one].Source);

    /// <summary>The inertial sensor gives the same counts from now on.</summary>
    public void FreezeImu() => (_imuFrozen, _imuKept) = (true, false);

    /// <summary>Every axis of the inertial sensor is at the end of its scale.</summary>
    public void SaturateImu() => _imuSaturated = true;

    public void MendEncoder(int joint) => _encoders[joint] = new() { Source = joint, Gear = 1.0 };

    public void MendImu() => (_imuFrozen, _imuSaturated) = (false, false);

    public void MendAll()
    {
        for (int i = 0; i < _encoders.Length; i++)
            MendEncoder(i);
        MendImu();
    }

    /// <summary>Falsifies what the sensors feel; <paramref name="seconds"/> since the last time.</summary>
    internal void Apply(SensorReadings readings, double seconds)
    {
        readings.Encoder.CopyTo(_truth, 0);
        for (int i = 0; i < _encoders.Length; i++)
            readings.Encoder[i] = _encoders[i].Counts(_truth, _scales[i], seconds);

        if (_imuSaturated)
            Array.Fill(readings.Imu, short.MaxValue);
        if (!_imuFrozen)
            return;
        if (!_imuKept)
            readings.Imu.CopyTo(_imu, 0);
        _imuKept = true;
        _imu.CopyTo(readings.Imu, 0);
    }

    private struct EncoderFault
    {
        private int _frozen;
        private bool _kept;

        public int Source;
        public double Gear;
        public double Shift;
        public double Drift;
        public bool IsFrozen;

        public int Counts(int[] truth, in EncoderScale scale, double seconds)
        {
            Shift += Drift * seconds;
            int counts = truth[Source];
            if (Gear != 1.0)
                counts = scale.ZeroCounts + (int)Math.Round(Gear * (counts - scale.ZeroCounts));
            if (Shift != 0.0)
                counts += scale.Direction * (int)Math.Round(Shift / scale.Resolution);
            if (!IsFrozen)
                return counts;
            _frozen = _kept ? _frozen : counts;
            _kept = true;
            return _frozen;
        }
    }
}
