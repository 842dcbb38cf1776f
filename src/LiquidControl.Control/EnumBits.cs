using System.Runtime.CompilerServices;

namespace LiquidControl.Control;

/// <summary>The number behind a value of any enumeration, without boxing. Enumerations of records have no negative values.</summary>
internal static class EnumBits
{
    public static long ToInteger<TEnum>(TEnum value)
        where TEnum : unmanaged, Enum => Unsafe.SizeOf<TEnum>() switch
        {
            sizeof(byte) => Unsafe.BitCast<TEnum, byte>(value),
            sizeof(ushort) => Unsafe.BitCast<TEnum, ushort>(value),
            sizeof(uint) => Unsafe.BitCast<TEnum, uint>(value),
            _ => Unsafe.BitCast<TEnum, long>(value),
        };
}
