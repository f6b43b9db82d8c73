using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace VirtLatency.HelpCompiler;

/// <summary>
/// One page of docs/cmdlets: a title with the cmdlet's name, a synopsis, then the sections Description, Parameters,
/// Inputs, Outputs, Errors, Examples, Related; entries of a section are third-level headings.
/// </summary>
public sealed class HelpPage
{
    private static readonly string[] Sections = ["Description", "Parameters", "Inputs", "Outputs", "Errors", "Examples", "Related"];

    private HelpPage(string path, string name, IReadOnlyList<Block> synopsis, IReadOnlyDictionary<string, IReadOnlyList<Block>> sections)
    {
        Path = path;
        Name = name;
        Synopsis = HelpText.Of(synopsis);
        Description = HelpText.Of(sections["Description"]);
        Errors = HelpText.Of(sections["Errors"]);
        Parameters = Entries(sections["Parameters"]).ToDictionary(entry => entry.Title.TrimStart('-'), entry => HelpText.Of(entry.Blocks), StringComparer.OrdinalIgnoreCase);
        Inputs = [.. Entries(sections["Inputs"]).Select(entry => (entry.Title, HelpText.Of(entry.Blocks)))];
        Outputs = [.. Entries(sections["Outputs"]).Select(entry => (entry.Title, HelpText.Of(entry.Blocks)))];
        Examples = [.. Entries(sections["Examples"]).Select(entry => ExampleOf(path, entry.Title, entry.Blocks))];
        Related = [.. sections["Related"].OfType<ListBlock>().SelectMany(list => list).Select(item => HelpText.Of([.. (ContainerBlock)item]))];
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The cmdlet's name.</summary>
    public string Name { get; }

    /// <summary>What it does, in a sentence.</summary>
    public string Synopsis { get; }

    /// <summary>What it does, with units and sources.</summary>
    public string Description { get; }

    /// <summary>Errors by id.</summary>
    public string Errors { get; }

    /// <summary>Text per parameter.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>Types that the pipeline takes.</summary>
    public IReadOnlyList<(string Type, string Text)> Inputs { get; }

    /// <summary>Types that come out, with their properties.</summary>
    public IReadOnlyList<(string Type, string Text)> Outputs { get; }

    /// <summary>Examples: the first code block is what to type, the rest is told.</summary>
    public IReadOnlyList<(string Title, string Code, string Remarks)> Examples { get; }

    /// <summary>Names of related cmdlets.</summary>
    public IReadOnlyList<string> Related { get; }

    /// <summary>Reads a page.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The page.</returns>
    /// <exception cref="HelpPageException">It is missing, or a section is.</exception>
    public static HelpPage Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new HelpPageException(path, "the cmdlet has no help page");
        }

        var top = new List<Block>();
        var sections = new Dictionary<string, IReadOnlyList<Block>>(StringComparer.Ordinal);
        List<Block> current = top;
        string? name = null;
        foreach (Block block in Markdown.Parse(File.ReadAllText(path)))
        {
            if (block is HeadingBlock { Level: 1 } title)
            {
                name = HelpText.Of(title.Inline);
            }
            else if (block is HeadingBlock { Level: 2 } heading)
            {
                sections[HelpText.Of(heading.Inline)] = current = [];
            }
            else
            {
                current.Add(block);
            }
        }

        if (name is null || top.Count == 0)
        {
            throw new HelpPageException(path, "the page does not begin with a title and a synopsis");
        }

        string[] wrong = Sections.Except(sections.Keys, StringComparer.Ordinal).Concat(sections.Keys.Except(Sections, StringComparer.Ordinal)).ToArray();
        if (wrong.Length > 0)
        {
            throw new HelpPageException(path, $"sections missing or unknown: {string.Join(", ", wrong)}");
        }

        return new HelpPage(path, name, top, sections);
    }

    private static List<(string Title, List<Block> Blocks)> Entries(IReadOnlyList<Block> blocks)
    {
        var entries = new List<(string, List<Block>)>();
        foreach (Block block in blocks)
        {
            if (block is HeadingBlock { Level: 3 } heading)
            {
                entries.Add((HelpText.Of(heading.Inline), []));
            }
            else if (entries.Count > 0)
            {
                entries[^1].Item2.Add(block);
            }
        }

        return entries;
    }

    private static (string Title, string Code, string Remarks) ExampleOf(string path, string title, List<Block> blocks)
    {
        FencedCodeBlock code = blocks.OfType<FencedCodeBlock>().FirstOrDefault()
            ?? throw new HelpPageException(path, $"'{title}' has no code block");
        return (title, HelpText.Of([code]).Trim(), HelpText.Of([.. blocks.Where(block => block != code)]));
    }
}
