using VirtLatency.Report;

namespace VirtLatency.Reporting;

/// <summary>The writers there are. The module asks by these two members only, from another load context.</summary>
public static class ReportWriters
{
    /// <summary>Extensions with a writer, with their dots, in the order to name them.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".xlsx", ".html", ".md"];

    /// <summary>The writer for a file's extension.</summary>
    /// <param name="extension">The extension with its dot, in any case.</param>
    /// <returns>The writer; null where there is none.</returns>
    public static IReportWriter? Of(string extension) => extension?.ToUpperInvariant() switch
    {
        ".XLSX" => new Workbook.WorkbookWriter(),
        ".HTML" => new Html.HtmlWriter(),
        ".MD" => new Markdown.MarkdownWriter(),
        _ => null,
    };
}
