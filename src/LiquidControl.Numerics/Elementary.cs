namespace LiquidControl.Numerics;

/// <summary>Elementary functions with the same bits on every machine. (Signatures only: being written.)</summary>
public static class Elementary
{
    public static double Sin(double x) => throw new NotImplementedException();
    public static double Cos(double x) => throw new NotImplementedException();
    public static void SinCos(double x, out double sin, out double cos) => throw new NotImplementedException();
    public static double Asin(double x) => throw new NotImplementedException();
    public static double Acos(double x) => throw new NotImplementedException();
    public static double Atan2(double y, double x) => throw new NotImplementedException();
    public static double Exp(double x) => throw new NotImplementedException();
    public static double Log(double x) => throw new NotImplementedException();
    public static double Tanh(double x) => throw new NotImplementedException();
    public static double Erf(double x) => throw new NotImplementedException();
}
