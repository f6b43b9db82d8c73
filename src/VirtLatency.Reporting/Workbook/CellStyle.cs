namespace VirtLatency.Reporting.Workbook;

/// <summary>How a cell looks; equal styles share one entry of the style sheet.</summary>
internal sealed record CellStyle
{
    public static readonly CellStyle Plain = new();
    public static readonly CellStyle Title = new() { IsBold = true, Size = 16, Colour = Colours.Head };
    public static readonly CellStyle Heading = new() { IsBold = true, Size = 13, Colour = Colours.Head };
    public static readonly CellStyle Text = new() { IsWrapped = true };
    public static readonly CellStyle Remark = new() { IsWrapped = true, IsItalic = true, Colour = Colours.Faint };
    public static readonly CellStyle Header = new() { IsBold = true, IsWrapped = true, Colour = Colours.OnHead, Fill = Colours.Head };
    public static readonly CellStyle Link = new() { Colour = Colours.Link, IsUnderlined = true };

    /// <summary>Number format; null for General.</summary>
    public string? Format { get; init; }

    public bool IsBold { get; init; }

    public bool IsItalic { get; init; }

    public bool IsUnderlined { get; init; }

    public bool IsWrapped { get; init; }

    /// <summary>At the left with a little room before it, as text in a table; numbers keep to the right by themselves.</summary>
    public bool IsIndented { get; init; }

    /// <summary>Height of the letters in points.</summary>
    public int Size { get; init; } = 11;

    /// <summary>Colour of the letters, RRGGBB; null for the reader's own.</summary>
    public string? Colour { get; init; }

    /// <summary>Colour behind them; null for none.</summary>
    public string? Fill { get; init; }

    /// <summary>A line below, as between the rows of a table.</summary>
    public bool HasLineBelow { get; init; }

    /// <summary>A line above, as over a total.</summary>
    public bool HasLineAbove { get; init; }

    /// <summary>Text stays text when somebody edits the cell: for what begins as a formula does.</summary>
    public bool IsQuoted { get; init; }
}
