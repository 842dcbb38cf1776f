namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>
/// Up to the Pi 4 the I2C and SPI clocks are divided from the core's, which changes with load unless it is pinned
/// (raspberrypi.com, config.txt, "Overclocking": core_freq, core_freq_min, force_turbo).
/// </summary>
internal sealed class CoreClockCheck() : MachineCheck("core clock", "core_freq and core_freq_min alike, or force_turbo=1, so that bus clocks stay")
{
    private static readonly string[] Places = ["/boot/firmware/config.txt", "/boot/config.txt"];

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        var board = MachineBoard.Read(root);
        if (board.Kind != BoardKind.RaspberryPi) return NotHere("no Raspberry Pi");
        if (board.HasRp1) return Ok("the bus clocks of this Pi do not follow it");
        string? path = Places.FirstOrDefault(root.Exists);
        if (path is null) return Undetermined(Places[0]);
        string? most = null, least = null, turbo = null;
        foreach (string line in root.Lines(path))
        {
            string[] parts = line.Trim().Split('=', 2);
            if (parts.Length < 2) continue;
            if (parts[0] == "core_freq") most = parts[1];
            if (parts[0] == "core_freq_min") least = parts[1];
            if (parts[0] == "force_turbo") turbo = parts[1];
        }

        if (turbo == "1") return Ok("force_turbo=1");
        if (most is not null && most == least) return Ok($"{most} MHz");
        return Warning(
            most is null ? "not pinned: the I2C clock follows the load" : $"core_freq={most}, core_freq_min={least ?? "not set"}",
            $"printf 'core_freq=500\\ncore_freq_min=500\\n' | sudo tee -a {path} && sudo reboot");
    }
}
