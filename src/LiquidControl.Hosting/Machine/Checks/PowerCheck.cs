using System.Globalization;

namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>A Raspberry Pi's firmware lowers its clocks when it is hot or its supply sags (raspberrypi.com, "vcgencmd get_throttled").</summary>
internal sealed class PowerCheck() : MachineCheck("power and heat", "no undervoltage and no throttling since the start")
{
    private const int UnderVoltage = 0;
    private const int Capped = 1;
    private const int Throttled = 2;
    private const int Hot = 3;
    private const int SinceStart = 16;

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        if (MachineBoard.Read(root).Kind != BoardKind.RaspberryPi) return NotHere("no Raspberry Pi");
        string text = Flags(root) ?? "";
        string number = text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text;
        if (!uint.TryParse(number, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint flags))
            return new(Name, CheckResult.Undetermined, "could not be determined: the firmware does not tell", "its flags", "vcgencmd get_throttled");
        string now = Words(flags), before = Words(flags >> SinceStart);
        const string Mend = "vcgencmd get_throttled  # 0x0 after a start with the official supply and a fan";
        if (now.Length > 0) return Fails($"now: {now}", Mend);
        return before.Length > 0 ? Warning($"since the start: {before}", Mend) : Ok("none");
    }

    /// <summary>The driver's file, whose folder differs between boards, else the firmware's own program.</summary>
    private static string? Flags(MachineRoot root)
    {
        const string Platform = "/sys/devices/platform";
        foreach (string bus in root.Names(Platform).Where(name => name.StartsWith("soc", StringComparison.Ordinal)))
        {
            foreach (string device in root.Names($"{Platform}/{bus}").Where(name => name.EndsWith(":firmware", StringComparison.Ordinal)))
            {
                if (root.Text($"{Platform}/{bus}/{device}/get_throttled") is { } text) return text;
            }
        }

        return root.Calls.Throttled()?.Replace("throttled=", "", StringComparison.Ordinal);
    }

    private static string Words(uint flags)
    {
        (int Bit, string Word)[] all = [(UnderVoltage, "undervoltage"), (Capped, "clock capped"), (Throttled, "throttled"), (Hot, "too hot")];
        return string.Join(", ", all.Where(flag => (flags >> flag.Bit & 1) != 0).Select(flag => flag.Word));
    }
}
