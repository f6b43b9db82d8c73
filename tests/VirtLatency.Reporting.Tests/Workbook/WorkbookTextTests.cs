using System.Xml.Linq;
using VirtLatency.Reporting.Workbook;

namespace VirtLatency.Tests.Reporting.Workbook;

/// <summary>Text from logs is text in the workbook, whatever it looks like.</summary>
public sealed class WorkbookTextTests
{
    [Fact]
    public void What_looks_like_a_formula_is_a_string_and_stays_one_when_it_is_edited()
    {
        WrittenWorkbook book = WrittenWorkbook.Of(OddReports.Injected());
        XElement[] cells = [.. book.Rows("Logs").Take(4).Select(row => row["Environment"])];

        Assert.Equal(["+1+1", "-2", "@x", OddReports.Formula], cells.Select(book.ValueOf));
        Assert.All(cells, cell => Assert.Equal("s", cell.Attribute("t")!.Value));
        Assert.All(cells, cell => Assert.Equal("1", book.StyleOf(cell).Attribute("quotePrefix")!.Value));
        Assert.Equal([], book.Sheets.SelectMany(sheet => book.Sheet(sheet.Name).Descendants(WrittenWorkbook.Main + "f")));
        Assert.Equal(OddReports.Formula + " (us)", book.Rows("Layers").First().Keys.ElementAt(2));
    }

    [Fact]
    public void Markup_codes_and_blanks_come_back_as_they_were()
    {
        WrittenWorkbook book = WrittenWorkbook.Of(OddReports.Injected());

        Assert.Equal([OddReports.Markup, OddReports.Coded, "bell\ufffd \ufffd end", " kept "], book.Rows("Logs").Skip(4).Select(row => book.ValueOf(row["Environment"])));
        Assert.Equal(OddReports.Formula + "bell\ufffd \ufffd end", book.Core.Descendants("{http://purl.org/dc/elements/1.1/}title").Single().Value);
        Assert.DoesNotContain(book.All.SelectMany(part => part.Descendants()), element => element.Name.LocalName is "script" or "img");
    }

    /// <summary>A cell holds 32,767 UTF-16 units; of pairs that are 16,383, and the last gives way to the ellipsis.</summary>
    [Fact]
    public void A_text_that_is_too_long_is_cut_between_characters_and_says_so()
    {
        WrittenWorkbook book = WrittenWorkbook.Of(OddReports.TooLong());
        string text = Assert.IsType<string>(book.ValueOf(book.Rows("Logs").Single()["File"]));

        Assert.Equal(32_767, text.Length);
        Assert.Equal('\u2026', text[^1]);
        Assert.True(char.IsLowSurrogate(text[^2]));
    }

    [Fact]
    public void Headers_that_would_be_alike_get_a_number()
    {
        var names = new UniqueNames(10);

        Assert.Equal(["Delta", "delta (2)", "DELTA (3)", "-", "123456789\u2026"], new[] { "Delta", "delta", "DELTA", string.Empty, "1234567890123" }.Select(names.Take));
        Assert.Equal("12345\u2026 (2)", names.Take("1234567890123"));
    }

    [Theory]
    [InlineData("C/E: [a]*?\\", "C-E- -a----")]
    [InlineData("'quoted'", "quoted")]
    [InlineData("history", "history (2)")]
    [InlineData("", "-")]
    [InlineData("A name of a sheet that is too long", "A name of a sheet that is too \u2026")]
    public void Names_of_sheets_keep_Excels_rules(string wanted, string expected) => Assert.Equal(expected, new SheetNames().Take(wanted));

    [Theory]
    [InlineData(1, 1, "A1")]
    [InlineData(9, 26, "Z9")]
    [InlineData(10, 27, "AA10")]
    [InlineData(1048576, 16384, "XFD1048576")]
    public void Cells_are_named_as_spreadsheets_do(int row, int column, string name) => Assert.Equal(name, CellName.Of(row, column));

    [Fact]
    public void An_apostrophe_in_a_sheets_name_is_doubled() => Assert.Equal("'a''b'!$A$1:$B$1", CellName.OnSheet("a'b", 1, 1, 1, 2));
}
