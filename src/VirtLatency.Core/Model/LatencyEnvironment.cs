namespace VirtLatency.Model;

/// <summary>
/// The logs of one environment with their samples: what a breakdown is made from. It is one object, not a list.
/// Samples are kept in memory, 24 bytes each, and do not survive a serialization.
/// </summary>
public sealed class LatencyEnvironment
{
    /// <summary>Makes an environment.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="path">The folder it was read from; null for samples piped by hand.</param>
    /// <param name="logs">Its logs.</param>
    public LatencyEnvironment(string name, string? path, IReadOnlyList<EnvironmentLog> logs)
    {
        Name = name;
        Path = path;
        Logs = logs;
    }

    /// <summary>Name of the environment.</summary>
    public string Name { get; }

    /// <summary>The folder that its logs were read from; null for samples piped by hand.</summary>
    public string? Path { get; }

    /// <summary>Its logs, in path order of their roles.</summary>
    public IReadOnlyList<EnvironmentLog> Logs { get; }

    /// <summary>What the manifest says of it; null where there is no manifest, or no note in it.</summary>
    public string? Note { get; init; }

    /// <summary>Runs it holds: subfolders with logs, and runs appended to one file, each counted; not those of a ping without tools.</summary>
    public int RunCount => Math.Max(1, Logs.Where(log => log.RoleValue != LogRole.SenderPingWithoutTools).SelectMany(log => log.Runs).Distinct().Count());

    /// <summary>Roles that no log fills, as text, without those that only add to the picture (output of ping).</summary>
    public string? MissingRole
    {
        get
        {
            IEnumerable<LogRole> missing = Enum.GetValues<LogRole>().Where(role => !LogRoleName.IsOptional(role)).Except(Logs.Select(log => log.RoleValue).OfType<LogRole>());
            string text = string.Join(", ", missing);
            return text.Length == 0 ? null : text;
        }
    }

    /// <summary>The same environment under another name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>A copy.</returns>
    internal LatencyEnvironment Renamed(string name) => new(name, Path, Logs) { Note = Note };

    /// <summary>The name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
