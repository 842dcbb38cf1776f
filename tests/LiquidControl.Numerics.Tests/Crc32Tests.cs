using Xunit;

namespace LiquidControl.Numerics.Tests;

public class Crc32Tests
{
    [Fact]
    public void The_check_value_of_the_standard() => Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));

    [Fact]
    public void A_checksum_goes_on_from_the_bytes_before() =>
        Assert.Equal(Crc32.Of("123456789"u8), Crc32.Append(Crc32.Append(Crc32.Of([]), "1234"u8), "56789"u8));
}
