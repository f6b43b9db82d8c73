using System.Globalization;
using VirtLatency.Model;

namespace VirtLatency.Environments;

/// <summary>
/// What an environment is made of, written down: <c>environment.psd1</c> or <c>environment.json</c> with the keys Name and
/// Note (both optional), Machines (optional: Name and Kernel of each of the four), and either Logs (a file per role, with a Cycle
/// if wanted) or Runs (a list of tables with Name, Note, Machines, Cycle and Logs). Paths are relative to the manifest's folder
/// and may lead out of it.
/// </summary>
public sealed class EnvironmentManifest
{
    private const long MaxBytes = 1 << 20;

    private static readonly string[] Names = ["environment.psd1", "environment.json"];

    private readonly ManifestNode _root;

    private EnvironmentManifest(string path, ManifestNode root)
    {
        Path = path;
        _root = root;
        RefuseUnknownKeys(root, ["Name", "Note", "Machines", "Cycle", "Logs", "Runs"]);
        Name = TextOf(root, "Name");
        Note = TextOf(root, "Note");
        Runs = RunsOf();
    }

    /// <summary>The manifest.</summary>
    public string Path { get; }

    /// <summary>Its folder.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Name of the environment; null where none is given.</summary>
    public string? Name { get; }

    /// <summary>What is said of the environment; null for nothing.</summary>
    public string? Note { get; }

    /// <summary>The runs; one without a name where the manifest has Logs.</summary>
    public IReadOnlyList<ManifestRun> Runs { get; }

    /// <summary>The manifest of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Its path; null where there is none.</returns>
    /// <exception cref="ManifestException">There are two.</exception>
    public static string? Find(string folder)
    {
        string[] found = [.. Names.Select(name => System.IO.Path.Combine(folder, name)).Where(File.Exists)];
        return found.Length > 1
            ? throw new ManifestException(ManifestProblem.Invalid, found[0], 1, $"{Names[1]} lies beside it, so it is not known which of them counts. Remove one of them, or give the path of the one to use")
            : found.FirstOrDefault();
    }

    /// <summary>Whether a file that was given as a path is taken for a manifest.</summary>
    /// <param name="path">The file.</param>
    /// <returns>True for .psd1 and .json.</returns>
    public static bool IsOne(string path) =>
        Array.Exists(Names, name => System.IO.Path.GetExtension(path).Equals(System.IO.Path.GetExtension(name), StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a manifest.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="dataFileParser">Reads the values of a PowerShell data file; null where that cannot be done.</param>
    /// <returns>The manifest. Whether its files exist was not looked at.</returns>
    /// <exception cref="ManifestException">It cannot be used; the message gives the line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static EnvironmentManifest Read(string path, Func<string, ManifestNode>? dataFileParser)
    {
        // A pipe has no length either, and opening it could wait for ever.
        if (new FileInfo(path).Length is 0 or > MaxBytes)
        {
            throw new ManifestException(ManifestProblem.Invalid, path, 1, "it is empty or larger than 1 MiB, which no manifest is");
        }

        string text = File.ReadAllText(path);
        bool isJson = System.IO.Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase);
        Func<string, ManifestNode>? parse = isJson ? JsonManifest.Parse : dataFileParser;
        try
        {
            return parse is null
                ? throw new ManifestFormatException(1, "a PowerShell data file is not read here. Write environment.json")
                : new EnvironmentManifest(path, parse(text));
        }
        catch (ManifestFormatException e)
        {
            throw new ManifestException(ManifestProblem.Invalid, path, e.Line, e.Message);
        }
    }

    private static void RefuseUnknownKeys(ManifestNode node, string[] known)
    {
        if (node.Entries is null)
        {
            throw new ManifestFormatException(node.Line, $"a table with {string.Join(", ", known)} is expected");
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string key, int line, _) in node.Entries)
        {
            if (!known.Contains(key, StringComparer.OrdinalIgnoreCase))
            {
                throw new ManifestFormatException(line, $"'{key}' is none of the keys {string.Join(", ", known)}");
            }

            if (!seen.Add(key))
            {
                throw new ManifestFormatException(line, $"'{key}' is given twice");
            }
        }
    }

    private static ManifestNode? ValueOf(ManifestNode node, string key) =>
        node.Entries!.FirstOrDefault(entry => entry.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value;

    private static string? TextOf(ManifestNode node, string key)
    {
        if (ValueOf(node, key) is not { } value)
        {
            return null;
        }

        return string.IsNullOrWhiteSpace(value.Text) ? throw new ManifestFormatException(value.Line, $"'{key}' is a text") : value.Text;
    }

    private List<ManifestRun> RunsOf()
    {
        (ManifestNode? logs, ManifestNode? runs) = (ValueOf(_root, "Logs"), ValueOf(_root, "Runs"));
        if (logs is null == runs is null)
        {
            string what = logs is null ? "neither 'Logs' nor 'Runs' is given" : "both 'Logs' and 'Runs' are given";
            throw new ManifestFormatException(_root.Line, what + ". Give 'Logs' for one run, 'Runs' for several");
        }

        if (logs is not null)
        {
            return [new ManifestRun(null, null, LogsOf(logs), MachinesOf(_root)) { Cycle = CycleOf(_root) }];
        }

        if (ValueOf(_root, "Cycle") is { } cycle)
        {
            throw new ManifestFormatException(cycle.Line, "'Cycle' is a run's: it stands in a table of 'Runs', or beside 'Logs'");
        }

        if (runs!.Items is not { Count: > 0 } items)
        {
            throw new ManifestFormatException(runs.Line, "'Runs' is a list of at least one table with Name and Logs");
        }

        var named = new List<ManifestRun>();
        foreach (ManifestNode item in items)
        {
            ManifestRun run = RunOf(item, named.Count + 1);
            if (named.Exists(other => other.Name == run.Name))
            {
                throw new ManifestFormatException(item.Line, $"two runs have the name '{run.Name}'");
            }

            named.Add(run);
        }

        return named;
    }

    private ManifestRun RunOf(ManifestNode node, int number)
    {
        RefuseUnknownKeys(node, ["Name", "Note", "Machines", "Cycle", "Logs"]);
        ManifestNode logs = ValueOf(node, "Logs") ?? throw new ManifestFormatException(node.Line, "the run has no 'Logs'");
        return new ManifestRun(TextOf(node, "Name") ?? FormattableString.Invariant($"{number}"), TextOf(node, "Note"), LogsOf(logs), MachinesOf(node)) { Cycle = CycleOf(node) };
    }

    private static int? CycleOf(ManifestNode node)
    {
        if (TextOf(node, "Cycle") is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int cycle)
            ? cycle
            : throw new ManifestFormatException(ValueOf(node, "Cycle")!.Line, $"'Cycle' is a whole number, not '{text}': runs before and after a change that were taken as a pair share it");
    }

    /// <summary>A run's machines are its own, else those of the whole.</summary>
    private Dictionary<PathMachine, ManifestMachine> MachinesOf(ManifestNode node)
    {
        if ((ValueOf(node, "Machines") ?? ValueOf(_root, "Machines")) is not { } machines)
        {
            return [];
        }

        RefuseUnknownKeys(machines, Enum.GetNames<PathMachine>());
        var result = new Dictionary<PathMachine, ManifestMachine>();
        foreach ((string key, _, ManifestNode value) in machines.Entries!)
        {
            RefuseUnknownKeys(value, ["Name", "Kernel"]);
            result.Add(Enum.Parse<PathMachine>(key, ignoreCase: true), new ManifestMachine(TextOf(value, "Name"), TextOf(value, "Kernel")));
        }

        return result;
    }

    private SortedDictionary<LogRole, ManifestLog> LogsOf(ManifestNode node)
    {
        RefuseUnknownKeys(node, Enum.GetNames<LogRole>());
        if (node.Entries!.Count == 0)
        {
            throw new ManifestFormatException(node.Line, $"'Logs' names no file. Its keys are {string.Join(", ", Enum.GetNames<LogRole>())}");
        }

        var logs = new SortedDictionary<LogRole, ManifestLog>();
        foreach ((string key, _, ManifestNode value) in node.Entries)
        {
            string file = TextOf(node, key)!;
            if (file.Contains('\0', StringComparison.Ordinal))
            {
                throw new ManifestFormatException(value.Line, $"the path of '{key}' has a zero byte");
            }

            logs.Add(Enum.Parse<LogRole>(key, ignoreCase: true), new ManifestLog(System.IO.Path.GetFullPath(file, Folder), value.Line));
        }

        return logs;
    }
}
