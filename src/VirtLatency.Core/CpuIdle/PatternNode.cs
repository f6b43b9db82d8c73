namespace VirtLatency.CpuIdle;

/// <summary>Patterns of paths as a tree of their components, so that a folder that several of them name is looked at once.</summary>
internal sealed class PatternNode
{
    private readonly Dictionary<string, PatternNode> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PatternNode> _wildcards = new(StringComparer.Ordinal);

    /// <summary>Components without *.</summary>
    public IReadOnlyDictionary<string, PatternNode> Names => _names;

    /// <summary>Components with *, by their text.</summary>
    public IReadOnlyDictionary<string, PatternNode> Wildcards => _wildcards;

    /// <summary>A pattern ends here.</summary>
    public bool IsFile { get; private set; }

    /// <summary>A pattern goes on below.</summary>
    public bool IsFolder => _names.Count + _wildcards.Count > 0;

    /// <summary>Joins patterns.</summary>
    /// <param name="patterns">Absolute paths with * in their components.</param>
    /// <returns>The node of /.</returns>
    public static PatternNode Of(IEnumerable<string> patterns)
    {
        var top = new PatternNode();
        foreach (string pattern in patterns)
        {
            PatternNode node = top;
            foreach (string part in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                Dictionary<string, PatternNode> children = part.Contains('*', StringComparison.Ordinal) ? node._wildcards : node._names;
                if (!children.TryGetValue(part, out PatternNode? next))
                {
                    children[part] = next = new PatternNode();
                }

                node = next;
            }

            node.IsFile = true;
        }

        return top;
    }
}
