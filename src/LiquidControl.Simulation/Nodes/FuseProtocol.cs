using System.Runtime.InteropServices;

namespace LiquidControl.Simulation.Nodes;

/// <summary>What the kernel asks a file system in user space (linux/fuse.h, protocol 7.31; the kernel keeps older minor versions working).</summary>
internal enum FuseOperation : uint
{
    Lookup = 1,
    Forget = 2,
    GetAttributes = 3,
    SetAttributes = 4,
    Open = 14,
    Read = 15,
    Write = 16,
    StatFileSystem = 17,
    Release = 18,
    Initialise = 26,
    OpenDirectory = 27,
    ReadDirectory = 28,
    ReleaseDirectory = 29,
    Destroy = 38,
    Ioctl = 39,
    ForgetMany = 42,
}

/// <summary>Numbers of the protocol.</summary>
internal static class FuseProtocol
{
    public const uint Major = 7;

    public const uint Minor = 31;

    public const ulong RootNode = 1;

    /// <summary>Every read and write reaches the node as it was made, and a position means nothing.</summary>
    public const uint DirectNonSeekable = 1 | 4;

    public const uint DirectoryMode = 0x4000 | 0x1ED;

    public const uint RegularFile = 8;

    public const uint RegularFileMode = 0x8000;
}

/// <summary>struct fuse_in_header.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FuseRequestHeader
{
    public uint Length;
    public FuseOperation Operation;
    public ulong Unique;
    public ulong Node;
    public uint User;
    public uint Group;

    /// <summary>The calling thread, in the pid namespace of the mount.</summary>
    public int Caller;
    public uint Padding;
}

/// <summary>struct fuse_out_header.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FuseReplyHeader
{
    public uint Length;

    /// <summary>0, or a negative error number.</summary>
    public int Error;
    public ulong Unique;
}

/// <summary>struct fuse_init_out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FuseInitialiseReply
{
    public uint Major;
    public uint Minor;
    public uint MaxReadAhead;
    public uint Flags;
    public ushort MaxBackground;
    public ushort CongestionThreshold;
    public uint MaxWrite;
    public uint TimeGranularity;
    public ushort MaxPages;
    public ushort MapAlignment;
    public fixed uint Unused[8];
}

/// <summary>struct fuse_attr.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FuseAttributes
{
    public ulong Node;
    public ulong Size;
    public ulong Blocks;
    public ulong AccessTime;
    public ulong ModificationTime;
    public ulong ChangeTime;
    public uint AccessTimeNs;
    public uint ModificationTimeNs;
    public uint ChangeTimeNs;
    public uint Mode;
    public uint Links;
    public uint User;
    public uint Group;
    public uint Device;
    public uint BlockSize;
    public uint Flags;
}

/// <summary>struct fuse_entry_out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FuseEntryReply
{
    public ulong Node;
    public ulong Generation;
    public ulong EntryValidSeconds;
    public ulong AttributesValidSeconds;
    public uint EntryValidNs;
    public uint AttributesValidNs;
    public FuseAttributes Attributes;
}

/// <summary>struct fuse_attr_out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FuseAttributesReply
{
    public ulong ValidSeconds;
    public uint ValidNs;
    public uint Padding;
    public FuseAttributes Attributes;
}

/// <summary>struct fuse_open_out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FuseOpenReply
{
    public ulong File;
    public uint Flags;
    public uint Padding;
}

/// <summary>struct fuse_read_in and struct fuse_write_in, which agree as far as is used here; what is written follows.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FuseTransferRequest
{
    public ulong File;
    public ulong Offset;
    public uint Size;
    public uint TransferFlags;
    public ulong LockOwner;
    public uint Flags;
    public uint Padding;
}

/// <summary>struct fuse_write_out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FuseWriteReply
{
    public uint Size;
    public uint Padding;
}

/// <summary>struct fuse_release_in, as far as is used here.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FuseReleaseRequest
{
    public ulong File;
}

/// <summary>struct fuse_ioctl_in; the bytes the request's number says the caller gives follow.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FuseIoctlRequest
{
    public ulong File;
    public uint Flags;
    public uint Command;
    public ulong Argument;
    public uint InputSize;
    public uint OutputSize;
}

/// <summary>struct fuse_ioctl_out; the bytes the caller gets follow.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FuseIoctlReply
{
    public int Result;
    public uint Flags;
    public uint InputVectors;
    public uint OutputVectors;
}

/// <summary>struct fuse_dirent; the name follows, and padding to 8 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FuseDirectoryEntry
{
    public ulong Node;
    public ulong Offset;
    public uint NameLength;
    public uint Type;
}

/// <summary>struct fuse_kstatfs.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FuseFileSystemReply
{
    public fixed ulong Counts[5];
    public uint BlockSize;
    public uint NameLength;
    public fixed uint Rest[8];
}
