using System.Runtime.InteropServices;

namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>Whether the daemon's binary is there, made for this processor, and the C library new enough for it.</summary>
internal sealed class ProgramCheck() : MachineCheck("daemon", "/usr/bin/liquidcontrold for this processor, glibc 2.27 or newer")
{
    private const string Program = "/usr/bin/liquidcontrold";
    private const string Install = "sudo apt install ./liquidcontrol_*_$(dpkg --print-architecture).deb";

    // ELF header: e_machine is the half-word at offset 18.
    private const int MachineOffset = 18;
    private const int X64 = 62;
    private const int Arm64 = 183;

    // .NET 10 supports glibc from 2.27 on (dotnet/core, release-notes/10.0/supported-os.md).
    private static readonly Version OldestLibc = new(2, 27);

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        string? libc = root.Calls.LibcVersion();
        if (libc is null || !Version.TryParse(libc, out var version)) return Undetermined("/usr/bin/ldd", libc);
        if (version < OldestLibc) return Fails($"glibc {libc}", "cat /etc/os-release  # install a newer release");
        if (!root.Exists(Program)) return Warning($"no {Program}; glibc {libc}", Install);
        if (root.Bytes(Program) is not { Length: > MachineOffset + 1 } image || image[0] != 0x7F) return Undetermined(Program);
        int machine = image[MachineOffset] | image[MachineOffset + 1] << 8;
        int expected = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? Arm64 : X64;
        return machine == expected
            ? Ok($"native, glibc {libc}")
            : Fails($"{Program} is made for another processor (ELF machine {machine}, not {expected})", Install);
    }
}
