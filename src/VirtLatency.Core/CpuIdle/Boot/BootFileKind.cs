namespace VirtLatency.CpuIdle.Boot;

/// <summary>Boot files that hold kernel parameters.</summary>
internal enum BootFileKind
{
    /// <summary>/etc/default/grub: read by a shell.</summary>
    GrubDefault,

    /// <summary>A file of /etc/default/grub.d, read after it.</summary>
    GrubDropIn,

    /// <summary>A Boot Loader Specification entry: lines of a key and a value.</summary>
    LoaderEntry,

    /// <summary>/etc/kernel/cmdline: nothing but parameters.</summary>
    KernelCommandLine,
}
