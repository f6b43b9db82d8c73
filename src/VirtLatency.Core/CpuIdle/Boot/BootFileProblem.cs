namespace VirtLatency.CpuIdle.Boot;

/// <summary>Why a boot file could not be edited.</summary>
public enum BootFileProblem
{
    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It cannot be understood: a quote that is never closed, or no such file at all.</summary>
    Malformed,

    /// <summary>It is longer than what is read of a file.</summary>
    TooLong,

    /// <summary>The parameter stands in it in a way that is not safe to edit by a program.</summary>
    NotEditable,

    /// <summary>Another place sets the parameter too, and wins.</summary>
    Overridden,

    /// <summary>Somebody else changed it meanwhile.</summary>
    Changed,

    /// <summary>It was replaced, but the disk did not confirm the new name.</summary>
    NotSynced,
}
