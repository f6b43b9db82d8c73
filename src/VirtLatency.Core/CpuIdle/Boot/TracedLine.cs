using System.Text;

namespace VirtLatency.CpuIdle.Boot;

/// <summary>A command line each character of which knows its file and line.</summary>
internal sealed class TracedLine
{
    private readonly StringBuilder _text = new();
    private readonly List<BootOrigin> _origins = [];

    /// <summary>Its text.</summary>
    public string Text => _text.ToString();

    /// <summary>What is not known about it, in words; null where nothing is.</summary>
    public string? Doubt { get; private set; }

    /// <summary>A line of one file.</summary>
    public static TracedLine Of(string text, string file, int line) => new TracedLine().Add(text, new BootOrigin(file, line));

    /// <summary>Adds text.</summary>
    public TracedLine Add(string text, BootOrigin origin)
    {
        _text.Append(text);
        _origins.AddRange(Enumerable.Repeat(origin, text.Length));
        return this;
    }

    /// <summary>Adds another line.</summary>
    public TracedLine Add(TracedLine other)
    {
        _text.Append(other._text);
        _origins.AddRange(other._origins);
        Doubt ??= other.Doubt;
        return this;
    }

    /// <summary>Adds a piece of another line.</summary>
    public TracedLine Add(TracedLine other, int start, int end)
    {
        _text.Append(other._text, start, end - start);
        _origins.AddRange(other._origins.GetRange(start, end - start));
        Doubt ??= other.Doubt;
        return this;
    }

    /// <summary>Says what is not known; the first word stands.</summary>
    public void AddDoubt(string doubt) => Doubt ??= doubt;

    /// <summary>The value that counts, where it comes from, and how often the parameter is given; null where it is not.</summary>
    public (string Value, BootOrigin Origin, int Count)? Find(string name)
    {
        KernelArgument[] found = [.. KernelCommandLine.Parse(Text).Where(argument => argument.Is(name))];
        return found.Length == 0 ? null : (VisibleText.Line(found[^1].Value ?? string.Empty), _origins[found[^1].Start], found.Length);
    }
}
