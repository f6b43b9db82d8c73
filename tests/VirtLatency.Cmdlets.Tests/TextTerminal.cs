using VirtLatency.Shell;

namespace VirtLatency.Tests;

/// <summary>A terminal of a given width that keeps what is written to it.</summary>
internal sealed class TextTerminal(int width, string input = "", bool takesEscapes = false) : ITerminal
{
    public int Width => width;

    public bool TakesEscapes => takesEscapes;

    public bool ShowsProgress => false;

    public TextWriter Output { get; } = new StringWriter();

    public TextWriter ErrorOutput { get; } = new StringWriter();

    public TextReader Input { get; } = new StringReader(input);

    public string[] Lines => Output.ToString()!.Replace("\r", string.Empty, StringComparison.Ordinal).Split('\n');
}
