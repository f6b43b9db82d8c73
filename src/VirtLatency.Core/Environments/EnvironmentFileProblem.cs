namespace VirtLatency.Environments;

/// <summary>Why a file was not read as exported environments.</summary>
public enum EnvironmentFileProblem
{
    /// <summary>Bytes are missing or changed.</summary>
    Damaged,

    /// <summary>A zip archive of something else.</summary>
    Foreign,

    /// <summary>Written by a later version, with something that this one does not know.</summary>
    TooNew,

    /// <summary>It unpacks to more than is allowed.</summary>
    ExpandsTooFar,
}
