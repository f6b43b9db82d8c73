namespace VirtLatency.CpuIdle;

/// <summary>Why a host could not be read or written.</summary>
public enum HostAccessProblem
{
    /// <summary>No permission: not root, or sudo wants a password.</summary>
    Denied,

    /// <summary>The file is not there (any more).</summary>
    Missing,

    /// <summary>The file system is mounted read-only, or the host is a captured tree.</summary>
    ReadOnly,

    /// <summary>The kernel refused the value.</summary>
    Refused,

    /// <summary>The host does not answer, or its key is not known.</summary>
    Unreachable,

    /// <summary>It took longer than allowed.</summary>
    TimedOut,

    /// <summary>The host's name is not one that may be given to ssh.</summary>
    BadName,

    /// <summary>The host has no such CPU, or no such CPU is online.</summary>
    NoSuchCpu,

    /// <summary>A value changed between reading and writing; it was not written.</summary>
    Changed,

    /// <summary>Another session is changing the host.</summary>
    Busy,
}
