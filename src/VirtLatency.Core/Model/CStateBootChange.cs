namespace VirtLatency.Model;

/// <summary>An edit of one boot file.</summary>
public sealed record CStateBootChange
{
    /// <summary>The host.</summary>
    public required string HostName { get; init; }

    /// <summary>The parameter.</summary>
    public required string Parameter { get; init; }

    /// <summary>Its value in the settings before; null where it was not given.</summary>
    public string? Before { get; init; }

    /// <summary>Its value now; null where it was taken out.</summary>
    public string? After { get; init; }

    /// <summary>Whether the file was written; false where it had the value already.</summary>
    public required bool Changed { get; init; }

    /// <summary>The file, as the host has it.</summary>
    public required string BootFile { get; init; }

    /// <summary>Copy of the file as it was, as the host has it; null where nothing was written.</summary>
    public string? Backup { get; init; }

    /// <summary>What changed in the file, as a unified difference; null where nothing did.</summary>
    public string? Difference { get; init; }

    /// <summary>The command that carries the setting to the boot loader's files; null where none is needed.</summary>
    public string? RegenerateCommand { get; init; }

    /// <summary>Whether that command was run.</summary>
    public required bool Regenerated { get; init; }

    /// <summary>What to know: states that it leaves, and what else is to be done.</summary>
    public string? Note { get; init; }
}
