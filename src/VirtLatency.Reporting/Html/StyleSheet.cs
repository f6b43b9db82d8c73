namespace VirtLatency.Reporting.Html;

/// <summary>The page's style sheet, a resource of this assembly.</summary>
internal static class StyleSheet
{
    private static readonly Lazy<string> LazyText = new(Read);

    public static string Text => LazyText.Value;

    private static string Read()
    {
        using Stream stream = typeof(StyleSheet).Assembly.GetManifestResourceStream("VirtLatency.Reporting.Html.report.css") ?? throw new InvalidDataException("The style sheet is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
