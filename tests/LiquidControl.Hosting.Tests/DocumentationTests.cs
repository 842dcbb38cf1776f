using System.Text.RegularExpressions;
using LiquidControl.Devices;
using Xunit;

namespace LiquidControl.Hosting.Tests;

/// <summary>What people read agrees with what the program does.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Wiring = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hardware", "arms", "ar4-dc", "wiring.md"));

    /// <summary>BCM numbers of the 40-pin header's pins (raspberrypi.com, "GPIO and the 40-pin header").</summary>
    private static readonly Dictionary<int, int> PinOfLine = new()
    {
        [2] = 3,
        [3] = 5,
        [4] = 7,
        [5] = 29,
        [6] = 31,
        [7] = 26,
        [8] = 24,
        [9] = 21,
        [10] = 19,
        [11] = 23,
        [12] = 32,
        [13] = 33,
        [14] = 8,
        [15] = 10,
        [16] = 36,
        [17] = 11,
        [18] = 12,
        [19] = 35,
        [20] = 38,
        [21] = 40,
        [22] = 15,
        [23] = 16,
        [24] = 18,
        [25] = 22,
        [26] = 37,
        [27] = 13,
    };

    [Fact]
    public void Every_key_the_reader_knows_is_explained_in_a_comment_of_the_robots_file()
    {
        string[] lines = File.ReadAllLines(RobotFile.Shipped("ar4-dc"));
        string comments = string.Join('\n', lines.Where(line => line.StartsWith('#')));
        string[] keys = [.. KnownKeys().Distinct()];
        Assert.True(keys.Length > 60, $"{keys.Length} keys");
        Assert.All(keys, key => Assert.Matches($@"\b{key}\b", comments));
    }

    [Fact]
    public void The_header_in_the_wiring_is_that_of_the_robots_file_and_of_the_driver()
    {
        var toml = RobotConfiguration.Load(RobotFile.Shipped("ar4-dc")).Wiring!;
        foreach (var wiring in (DcArmWiring[])[toml, DcArmWiring.Ar4Dc])
        {
            Assert.Equal(wiring.Joints.Select(joint => joint.DirectionLine), Lines("direction J1 ... J6"));
            Assert.Equal([wiring.EnableLine], Lines("OE (active low)"));
            Assert.Equal([wiring.HeartbeatLine], Lines("heartbeat"));
            Assert.Equal([wiring.EmergencyStopLine], Lines("emergency stop"));
            Assert.Equal([wiring.StatusLedLine], Lines("status LED"));
            Assert.Equal($"0x{wiring.PwmAddress:X2}", Row("PCA9685")[1]);
            Assert.Equal($"0x{wiring.SupplyAddress:X2}", Row("INA219")[1]);
            Assert.Equal($"0x{wiring.ImuAddress:X2}", Row("MPU-6050")[1]);
            Assert.Equal(Enumerable.Range(0, 6), wiring.Joints.Select(joint => joint.PwmChannel));
            Assert.Equal(Enumerable.Range(0, 6), wiring.Joints.Select(joint => joint.CurrentChannel));
            Assert.Equal(Enumerable.Range(0, 6), wiring.Joints.Select(joint => joint.EncoderPosition));
        }
    }

    [Fact]
    public void Every_line_of_the_header_stands_at_its_pin_and_once()
    {
        string[] signals =
        [
            "I2C1 SDA, SCL", "SPI0 MOSI, MISO, SCLK, CE0", "SPI1 MOSI, MISO, SCLK, CE0", "direction J1 ... J6", "OE (active low)", "heartbeat",
            "emergency stop", "status LED",
        ];
        int[] lines = [.. signals.SelectMany(Lines)];
        Assert.Equal(lines.Length, lines.Distinct().Count());
        Assert.All(signals, signal => Assert.Equal(Lines(signal).Select(line => PinOfLine[line]), Numbers(Row(signal)[2])));
    }

    [Fact]
    public void The_drawing_names_the_same_lines_and_addresses()
    {
        string drawing = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hardware", "arms", "ar4-dc", "electronics.svg"));
        var wiring = DcArmWiring.Ar4Dc;
        string[] words =
        [
            $"OE  BCM {wiring.EnableLine}", $"heartbeat  BCM {wiring.HeartbeatLine}", $"emergency stop  BCM {wiring.EmergencyStopLine}",
            $"status LED  BCM {wiring.StatusLedLine}", $"0x{wiring.PwmAddress:X2}", $"0x{wiring.SupplyAddress:X2}", $"0x{wiring.ImuAddress:X2}", "not yet built",
        ];
        Assert.All(words, word => Assert.Contains(word, drawing, StringComparison.Ordinal));
    }

    /// <summary>The monostable's parts in the wiring give the 10 ms that the emulated board assumes, at K between 0.45 and 0.55.</summary>
    [Fact]
    public void The_monostables_parts_give_ten_milliseconds()
    {
        const double Kilo = 1e3, Micro = 1e-6;
        var parts = Monostable().Match(Wiring);
        double product = int.Parse(parts.Groups[1].Value) * Kilo * int.Parse(parts.Groups[2].Value) * Micro;
        Assert.Equal(10e-3, 0.5 * product, 1e-4);
    }

    [GeneratedRegex(@"with (\d+) kΩ \(1 %\) and (\d+) µF")]
    private static partial Regex Monostable();

    /// <summary>The keys of every section, as the reader itself lists them when one is unknown.</summary>
    private static string[] KnownKeys()
    {
        using var file = new RobotFile();
        file.Replace("# [controller] is left out: the defaults are for this arm.", "[controller]\nunknown_controller = 1");
        file.Replace("rate_hz = 500", "rate_hz = 500\nunknown = 1");
        file.Replace("[drives]", "[drives]\nunknown = 1");
        file.Replace("[wiring]", "[wiring]\nunknown = 1");
        file.Replace("[workspace]", "[workspace]\nunknown = 1");
        file.Replace("[simulation]", "[simulation]\nunknown = 1");
        file.Replace("[simulation.unmodelled]", "[simulation.unmodelled]\nunknown = 1");
        file.Replace("[[joint]]", "[[joint]]\nunknown = 1");
        foreach (string part in (string[])["friction", "motor", "encoder", "bridge", "current"]) file.Replace($"\n{part} = {{", $"\n{part} = {{ unknown = 1,");
        return
        [
            .. file.Errors().Where(error => error.Found == "an unknown key")
                .SelectMany(error => error.Expected.Replace("one of ", "", StringComparison.Ordinal).Split(", ")),
        ];
    }

    private static int[] Lines(string signal) => Numbers(Row(signal)[1]);

    private static int[] Numbers(string cell) => [.. cell.Split(',').Select(int.Parse)];

    private static string[] Row(string first) =>
        [.. Wiring.Split('\n').Single(line => line.StartsWith($"| {first} |", StringComparison.Ordinal)).Trim('|').Split('|').Select(cell => cell.Trim())];
}
