using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace VirtLatency.Reporting.Workbook;

/// <summary>Text as a spreadsheet can hold it.</summary>
internal static partial class CellText
{
    /// <summary>UTF-16 units that a cell holds; a file with more is repaired when it is opened.</summary>
    public const int MostLetters = 32_767;

    private const char Replacement = '\ufffd';

    /// <summary>The text with a sign in place of what XML cannot hold, cut to what a cell holds.</summary>
    /// <param name="text">Any text; a line feed stays one.</param>
    public static string Of(string text) => Cut(Legal(text), MostLetters);

    /// <summary>The text, or its beginning with an ellipsis; a pair of surrogates is not cut in two.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">UTF-16 units that may be left.</param>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        int end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..end] + '\u2026';
    }

    /// <summary>Spreadsheets read _x0041_ as the character with that code; an underline that begins such a group is written as its own code.</summary>
    /// <param name="text">Legal text.</param>
    public static string Escape(string text) => Code().Replace(text, "_x005F_");

    /// <summary>Columns of digits that the text takes on a screen: wide signs take two.</summary>
    /// <param name="text">One line, or several: then the widest.</param>
    public static int WidthOf(string text) => text.Split('\n').Max(line => line.EnumerateRunes().Sum(rune => rune.Value >= 0x1100 && IsWide(rune.Value) ? 2 : 1));

    private static string Legal(string text)
    {
        StringBuilder? legal = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(text[i]) || text[i] == '\r')
            {
                legal ??= new StringBuilder(text);
                legal[i] = Replacement;
            }
        }

        return legal?.ToString() ?? text;
    }

    /// <summary>Hangul, kana, ideographs, full-width forms and emoji.</summary>
    private static bool IsWide(int code) => code is (>= 0x1100 and <= 0x115f) or (>= 0x2e80 and <= 0xa4cf) or (>= 0xac00 and <= 0xd7a3) or (>= 0xf900 and <= 0xfaff) or (>= 0xfe30 and <= 0xfe6f) or (>= 0xff00 and <= 0xff60) or >= 0x1f300;

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
