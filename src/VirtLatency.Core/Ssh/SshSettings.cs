namespace VirtLatency.Ssh;

/// <summary>How the OpenSSH client is run.</summary>
internal sealed record SshSettings
{
    /// <summary>The variable that names a configuration file in place of ~/.ssh/config.</summary>
    public const string ConfigVariable = "VIRTLATENCY_SSH_CONFIG";

    /// <summary>A configuration file in place of ~/.ssh/config and the system's; null for those.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>The client: a path, or a name on PATH.</summary>
    public string Program { get; init; } = "ssh";

    /// <summary>The POSIX shell on the host, with arguments where it needs some; a constant of the code or of a test, never user data.</summary>
    public string Shell { get; init; } = "sh";

    /// <summary>ssh's own limit on connecting and on the server's first line, in seconds.</summary>
    public int ConnectSeconds { get; init; } = 10;

    /// <summary>From starting ssh to the remote shell's first answer: jump hosts, name services and logins take part of it.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>One request to the remote shell.</summary>
    public TimeSpan RequestLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The settings for users: all from ssh's own configuration.</summary>
    /// <returns>The settings.</returns>
    public static SshSettings Default() => new() { ConfigFile = Environment.GetEnvironmentVariable(ConfigVariable) is { Length: > 0 } file ? file : null };
}
