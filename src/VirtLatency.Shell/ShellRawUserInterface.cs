using System.Management.Automation.Host;

namespace VirtLatency.Shell;

/// <summary>The terminal's size, which the engine's tables are laid out for. There is no screen buffer to read or write.</summary>
internal sealed class ShellRawUserInterface(ITerminal terminal) : PSHostRawUserInterface
{
    private const int Height = 50;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override Size BufferSize
    {
        get => new(terminal.Width, Height);
        set => throw NoScreen();
    }

    public override Coordinates CursorPosition
    {
        get => new(0, 0);
        set => throw NoScreen();
    }

    public override int CursorSize { get; set; } = 25;

    public override bool KeyAvailable => false;

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override Size MaxWindowSize => BufferSize;

    public override Coordinates WindowPosition { get; set; }

    public override Size WindowSize
    {
        get => BufferSize;
        set => throw NoScreen();
    }

    public override string WindowTitle { get; set; } = "VirtLatency";

    public override void FlushInputBuffer() => throw NoScreen();

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NoScreen();

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw NoScreen();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw NoScreen();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NoScreen();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw NoScreen();

    private static NotSupportedException NoScreen() => new("This shell has no screen buffer.");
}
