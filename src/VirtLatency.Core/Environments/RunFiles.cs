using VirtLatency.Model;

namespace VirtLatency.Environments;

/// <summary>What is read for one run.</summary>
/// <param name="Name">The run; null where there is only one, without a name.</param>
/// <param name="Files">Files whose roles are found from content.</param>
/// <param name="Named">Files that are named for a role.</param>
internal sealed record RunFiles(string? Name, IReadOnlyList<string> Files, IReadOnlyDictionary<LogRole, NamedLog> Named)
{
    /// <summary>What a manifest says of the machines.</summary>
    public IReadOnlyDictionary<PathMachine, ManifestMachine> Machines { get; init; } = new Dictionary<PathMachine, ManifestMachine>();

    /// <summary>The crossover cycle that a manifest gives the run; null for none.</summary>
    public int? Cycle { get; init; }

    /// <summary>A run of a manifest. Files that do not exist are reported; the others go on.</summary>
    public static RunFiles Of(EnvironmentManifest manifest, ManifestRun run, string? name, IImportReport report)
    {
        if (run.Note is { } note)
        {
            report.Verbose($"Run {name}: {note}");
        }

        var named = new Dictionary<LogRole, NamedLog>();
        foreach ((LogRole role, ManifestLog log) in run.Logs)
        {
            if (File.Exists(log.Path))
            {
                named.Add(role, new NamedLog(log.Path, FormattableString.Invariant($"{Path.GetFileName(manifest.Path)}:{log.Line}")));
                continue;
            }

            string what = Directory.Exists(log.Path) ? "is a folder, not a log" : "does not exist";
            report.FileProblem(log.Path, new ManifestException(ManifestProblem.FileNotFound, manifest.Path, log.Line, $"'{role}' names '{log.Path}', which {what}. Paths are relative to the manifest's folder"));
        }

        return new RunFiles(name, [], named) { Machines = run.Machines, Cycle = run.Cycle };
    }
}
