using VirtLatency.Model;

namespace VirtLatency.Environments;

/// <summary>Logs that cannot be put together to an environment.</summary>
public sealed class EnvironmentException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="role">The role that is claimed twice; null when there is no log at all.</param>
    /// <param name="path">The folder or file.</param>
    /// <param name="message">What was found, where, and what to do.</param>
    public EnvironmentException(LogRole? role, string path, string message)
        : base(message) => (Role, Path) = (role, path);

    /// <summary>The role that is claimed twice; null when there is no log at all.</summary>
    public LogRole? Role { get; }

    /// <summary>The folder or file.</summary>
    public string Path { get; }
}
