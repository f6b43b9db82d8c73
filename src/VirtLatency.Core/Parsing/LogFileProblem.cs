namespace VirtLatency.Parsing;

/// <summary>Why a file was not read as a log.</summary>
public enum LogFileProblem
{
    /// <summary>It is empty.</summary>
    Empty,

    /// <summary>It is no text.</summary>
    Binary,

    /// <summary>Another tool's log, or no log of any known tool.</summary>
    WrongTool,

    /// <summary>The right tool's log, without a single whole record.</summary>
    NoRecord,

    /// <summary>A compressed file ends early.</summary>
    CompressionCut,

    /// <summary>A compressed file is damaged; what was unpacked before this was found may be wrong.</summary>
    CompressionDamaged,

    /// <summary>A compressed file unpacks to more than the limit.</summary>
    ExpandsTooFar,

    /// <summary>It cannot be followed: a pipe, or compressed.</summary>
    NotFollowable,
}
