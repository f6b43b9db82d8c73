using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace VirtLatency.Reporting.Workbook;

/// <summary>The style sheet: every style that a cell asked for, by number.</summary>
internal sealed class StyleBook
{
    /// <summary>Numbers below are the formats that every program has.</summary>
    private const uint FirstOwnFormat = 164;

    private readonly List<CellStyle> _styles = [CellStyle.Plain];
    private readonly Dictionary<CellStyle, uint> _numbers = new() { [CellStyle.Plain] = 0 };

    /// <summary>The number of a style; it is added where it is new.</summary>
    public uint NumberOf(CellStyle style)
    {
        if (!_numbers.TryGetValue(style, out uint number))
        {
            number = (uint)_styles.Count;
            _numbers.Add(style, number);
            _styles.Add(style);
        }

        return number;
    }

    public void Write(WorkbookStylesPart part)
    {
        string[] formats = [.. _styles.Select(style => style.Format).OfType<string>().Distinct()];
        CellStyle[] fonts = [.. _styles.Select(FontOf).Distinct()];
        string[] fills = [.. _styles.Select(style => style.Fill).OfType<string>().Distinct()];
        CellStyle[] borders = [.. _styles.Select(BorderOf).Distinct()];
        var sheet = new Stylesheet();
        if (formats.Length > 0)
        {
            sheet.Append(new NumberingFormats(formats.Select((format, index) => new NumberingFormat { NumberFormatId = FirstOwnFormat + (uint)index, FormatCode = format })) { Count = (uint)formats.Length });
        }

        sheet.Append(
            new Fonts(fonts.Select(Font)) { Count = (uint)fonts.Length },
            new Fills([Fill(PatternValues.None), Fill(PatternValues.Gray125), .. fills.Select(Solid)]) { Count = (uint)fills.Length + 2 },
            new Borders(borders.Select(Border)) { Count = (uint)borders.Length },
            new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }) { Count = 1 },
            new CellFormats(_styles.Select(style => Format(style, formats, fonts, fills, borders))) { Count = (uint)_styles.Count },
            new CellStyles(new DocumentFormat.OpenXml.Spreadsheet.CellStyle { Name = "Normal", FormatId = 0, BuiltinId = 0 }) { Count = 1 });
        part.Stylesheet = sheet;
    }

    private static CellStyle FontOf(CellStyle style) => new() { IsBold = style.IsBold, IsItalic = style.IsItalic, IsUnderlined = style.IsUnderlined, Size = style.Size, Colour = style.Colour };

    private static CellStyle BorderOf(CellStyle style) => new() { HasLineAbove = style.HasLineAbove, HasLineBelow = style.HasLineBelow };

    private static CellFormat Format(CellStyle style, string[] formats, CellStyle[] fonts, string[] fills, CellStyle[] borders) => new(AlignmentOf(style))
    {
        NumberFormatId = style.Format is null ? 0 : FirstOwnFormat + (uint)Array.IndexOf(formats, style.Format),
        FontId = (uint)Array.IndexOf(fonts, FontOf(style)),
        FillId = style.Fill is null ? 0 : 2 + (uint)Array.IndexOf(fills, style.Fill),
        BorderId = (uint)Array.IndexOf(borders, BorderOf(style)),
        FormatId = 0,
        ApplyNumberFormat = true,
        ApplyFont = true,
        ApplyFill = true,
        ApplyBorder = true,
        ApplyAlignment = true,
        QuotePrefix = style.IsQuoted ? true : null,
    };

    private static Alignment AlignmentOf(CellStyle style) => new()
    {
        Vertical = VerticalAlignmentValues.Top,
        WrapText = style.IsWrapped,
        Horizontal = style.IsIndented ? HorizontalAlignmentValues.Left : null,
        Indent = style.IsIndented ? 1U : null,
    };

    private static Font Font(CellStyle style)
    {
        var font = new Font();
        OpenXmlElement?[] parts =
        [
            style.IsBold ? new Bold() : null,
            style.IsItalic ? new Italic() : null,
            style.IsUnderlined ? new Underline() : null,
            new FontSize { Val = style.Size },
            style.Colour is { } colour ? new Color { Rgb = Argb(colour) } : null,
            new FontName { Val = "Calibri" },
            new FontFamilyNumbering { Val = 2 },
        ];
        font.Append(parts.OfType<OpenXmlElement>());
        return font;
    }

    private static Fill Fill(PatternValues pattern) => new(new PatternFill { PatternType = pattern });

    private static Fill Solid(string colour) => new(new PatternFill(new ForegroundColor { Rgb = Argb(colour) }, new BackgroundColor { Indexed = 64 }) { PatternType = PatternValues.Solid });

    private static Border Border(CellStyle style) => new(
        new LeftBorder(),
        new RightBorder(),
        style.HasLineAbove ? new TopBorder(new Color { Rgb = Argb(Colours.Head) }) { Style = BorderStyleValues.Thin } : new TopBorder(),
        style.HasLineBelow ? new BottomBorder(new Color { Rgb = Argb(Colours.Line) }) { Style = BorderStyleValues.Thin } : new BottomBorder(),
        new DiagonalBorder());

    private static string Argb(string colour) => "FF" + colour;
}
