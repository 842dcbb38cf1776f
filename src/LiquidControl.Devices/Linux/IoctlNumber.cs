namespace LiquidControl.Devices.Linux;

/// <summary>How Linux builds an ioctl's number of direction, size, type and number (asm-generic/ioctl.h; x86, arm and arm64).</summary>
internal static class IoctlNumber
{
    private const int NumberBits = 8;
    private const int SizeShift = 16;
    private const uint SizeMask = 0x3FFF;
    private const uint WriteFlag = 1u << 30;
    private const uint ReadFlag = 2u << 30;

    /// <summary>The caller gives <paramref name="size"/> bytes.</summary>
    public static uint Write(uint type, uint number, int size) => WriteFlag | Of(type, number, size);

    /// <summary>The caller gets them.</summary>
    public static uint Read(uint type, uint number, int size) => ReadFlag | Of(type, number, size);

    /// <summary>Both.</summary>
    public static uint ReadWrite(uint type, uint number, int size) => ReadFlag | WriteFlag | Of(type, number, size);

    public static int SizeOf(uint request) => (int)(request >> SizeShift & SizeMask);

    private static uint Of(uint type, uint number, int size) => (uint)size << SizeShift | type << NumberBits | number;
}
