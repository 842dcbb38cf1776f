using System.Runtime.InteropServices;

namespace LiquidControl.Devices.Linux;

/// <summary>The kernel's interface of /dev/gpiochipN, version 2 (linux/gpio.h).</summary>
internal static unsafe class GpioDev
{
    public const int MaxLines = 64;

    public const int MaxAttributes = 10;

    public const int NameLength = 32;

    /// <summary>Line flags.</summary>
    public const ulong Used = 1 << 0;

    public const ulong ActiveLow = 1 << 1;

    public const ulong Input = 1 << 2;

    public const ulong Output = 1 << 3;

    public const ulong PullUp = 1 << 8;

    public const ulong PullDown = 1 << 9;

    public const ulong NoPull = 1 << 10;

    /// <summary>Attribute identifiers.</summary>
    public const uint FlagsAttribute = 1;

    public const uint OutputValuesAttribute = 2;

    private const uint Type = 0xB4;

    public static readonly uint GetChipInfo = IoctlNumber.Read(Type, 1, sizeof(GpioChipInfo));
    public static readonly uint GetLineInfo = IoctlNumber.ReadWrite(Type, 5, sizeof(GpioLineInfo));
    public static readonly uint GetLine = IoctlNumber.ReadWrite(Type, 7, sizeof(GpioLineRequest));
    public static readonly uint GetValues = IoctlNumber.ReadWrite(Type, 14, sizeof(GpioLineValues));
    public static readonly uint SetValues = IoctlNumber.ReadWrite(Type, 15, sizeof(GpioLineValues));
}

/// <summary>struct gpiochip_info.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GpioChipInfo
{
    public fixed byte Name[GpioDev.NameLength];
    public fixed byte Label[GpioDev.NameLength];
    public uint Lines;
}

/// <summary>struct gpio_v2_line_attribute; the value is flags, or output values by line of the request.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GpioLineAttribute
{
    public uint Id;
    public uint Padding;
    public ulong Value;
}

/// <summary>struct gpio_v2_line_config_attribute.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GpioLineConfigAttribute
{
    public GpioLineAttribute Attribute;

    /// <summary>Lines of the request it is for.</summary>
    public ulong Mask;
}

[System.Runtime.CompilerServices.InlineArray(GpioDev.MaxAttributes)]
internal struct GpioLineConfigAttributes
{
    private GpioLineConfigAttribute _first;
}

/// <summary>struct gpio_v2_line_config.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GpioLineConfig
{
    public ulong Flags;
    public uint AttributeCount;
    public fixed uint Padding[5];
    public GpioLineConfigAttributes Attributes;
}

/// <summary>struct gpio_v2_line_request.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GpioLineRequest
{
    public fixed uint Offsets[GpioDev.MaxLines];
    public fixed byte Consumer[GpioDev.NameLength];
    public GpioLineConfig Config;
    public uint LineCount;
    public uint EventBufferSize;
    public fixed uint Padding[5];

    /// <summary>Out: stands for the requested lines.</summary>
    public int Descriptor;
}

/// <summary>struct gpio_v2_line_info.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GpioLineInfo
{
    public fixed byte Name[GpioDev.NameLength];
    public fixed byte Consumer[GpioDev.NameLength];
    public uint Offset;
    public uint AttributeCount;
    public ulong Flags;
    public fixed ulong Attributes[2 * GpioDev.MaxAttributes];
    public fixed uint Padding[4];
}

/// <summary>struct gpio_v2_line_values; bit i is line i of the request.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GpioLineValues
{
    public ulong Bits;
    public ulong Mask;
}
