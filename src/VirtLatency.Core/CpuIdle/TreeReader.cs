using System.IO.Enumeration;

namespace VirtLatency.CpuIdle;

/// <summary>
/// Reads the files below a root that patterns name. In a captured tree links are followed as its host would, so that none
/// leads to this machine's own files.
/// </summary>
internal sealed class TreeReader
{
    private static readonly EnumerationOptions AllEntries = new() { AttributesToSkip = FileAttributes.None, MatchType = MatchType.Simple };

    private readonly string _root;
    private readonly bool _isConfined;
    private readonly CancellationToken _cancellation;
    private readonly SmallFile _file = new();
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly List<string> _denied = [];
    private readonly List<string> _cut = [];

    private TreeReader(string root, bool isConfined, CancellationToken cancellation) => (_root, _isConfined, _cancellation) = (root, isConfined, cancellation);

    /// <summary>Reads.</summary>
    /// <param name="root">The folder that stands for /; empty for this machine.</param>
    /// <param name="patterns">As for <see cref="IHostAccess.Read"/>.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <returns>The files.</returns>
    public static HostTree Read(string root, IReadOnlyList<string> patterns, CancellationToken cancellation)
    {
        var reader = new TreeReader(root, root.Length > 0, cancellation);
        reader.Walk(PatternNode.Of(patterns), string.Empty, root);
        return new HostTree(reader._files, reader._denied) { Cut = reader._cut };
    }

    /// <param name="node">What is wanted of the folder.</param>
    /// <param name="path">The folder on its host.</param>
    /// <param name="folder">The folder here, without links below the root.</param>
    private void Walk(PatternNode node, string path, string folder)
    {
        foreach ((string name, PatternNode child) in node.Names)
        {
            Visit(child, path, folder, name, isFolder: null);
        }

        if (node.Wildcards.Count == 0)
        {
            return;
        }

        foreach ((string name, bool isFolder) in EntriesOf(folder))
        {
            foreach ((string pattern, PatternNode child) in node.Wildcards)
            {
                if (Matches(pattern, name))
                {
                    Visit(child, path, folder, name, isFolder);
                }
            }
        }
    }

    private void Visit(PatternNode node, string path, string folder, string name, bool? isFolder)
    {
        string own = path + "/" + name;
        if (node.IsFile && (isFolder != true || _isConfined))
        {
            ReadFile(own, folder, name);
        }

        if (node.IsFolder && (isFolder != false || _isConfined))
        {
            string here = ReferenceEquals(path, folder) ? own : folder + "/" + name;

            // .NET would take .. away from the text before the kernel sees which link it stands behind.
            if (name == ".." || (_isConfined && new FileInfo(here).LinkTarget is not null))
            {
                if (Resolve(own) is not { } target)
                {
                    return;
                }

                here = target;
            }

            Walk(node, own, here);
        }
    }

    private void ReadFile(string path, string folder, string name)
    {
        _cancellation.ThrowIfCancellationRequested();
        bool endsShort = _isConfined || !path.StartsWith("/proc/", StringComparison.Ordinal);
        SmallFile.Outcome outcome = _file.Read(folder, name, followsLink: !_isConfined, endsShort);
        if (outcome == SmallFile.Outcome.Link && _isConfined && Resolve(path) is { } target)
        {
            int slash = target.LastIndexOf('/');
            outcome = _file.Read(target[..slash], target[(slash + 1)..], followsLink: false, endsShort);
        }

        if (outcome == SmallFile.Outcome.Read)
        {
            _files[path] = HostTree.ContentOf(_file.Content);
            if (_file.Content.Length >= HostTree.MostBytes)
            {
                _cut.Add(path);
            }
        }
        else if (outcome == SmallFile.Outcome.Denied && File.Exists(folder + "/" + name))
        {
            _denied.Add(path);
        }
    }

    /// <summary>Where a path of the host is here; null where links go round in a circle.</summary>
    private string? Resolve(string path)
    {
        try
        {
            return _root + HostPath.Resolve(_root, path);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>In ordinal order; for a link to a folder that this machine has too, isFolder is true.</summary>
    private static List<(string Name, bool IsFolder)> EntriesOf(string folder)
    {
        try
        {
            List<(string Name, bool IsFolder)> entries = [.. new FileSystemEnumerable<(string, bool)>(folder + "/", static (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory), AllEntries)];
            entries.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
            return entries;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>As the shell's *, which does not match a dot at the beginning.</summary>
    private static bool Matches(string pattern, string name)
    {
        if (name[0] == '.' && pattern[0] != '.')
        {
            return false;
        }

        if (pattern.Length == 1)
        {
            return true;
        }

        ReadOnlySpan<char> left = name;
        ReadOnlySpan<char> wanted = pattern;
        int star = wanted.IndexOf('*');
        bool isFirst = true;
        while (star >= 0)
        {
            ReadOnlySpan<char> piece = wanted[..star];
            int at = isFirst ? (left.StartsWith(piece, StringComparison.Ordinal) ? 0 : -1) : left.IndexOf(piece, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            left = left[(at + piece.Length)..];
            wanted = wanted[(star + 1)..];
            isFirst = false;
            star = wanted.IndexOf('*');
        }

        return left.EndsWith(wanted, StringComparison.Ordinal);
    }
}
