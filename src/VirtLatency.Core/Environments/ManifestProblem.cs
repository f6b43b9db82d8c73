namespace VirtLatency.Environments;

/// <summary>Why a manifest, or an entry of it, was not used.</summary>
public enum ManifestProblem
{
    /// <summary>It does not have the shape of a manifest.</summary>
    Invalid,

    /// <summary>A file that it names does not exist.</summary>
    FileNotFound,

    /// <summary>Roles are named beside it.</summary>
    RolesNamedTwice,
}
