namespace VirtLatency.Reporting.Html;

/// <summary>A section of the page.</summary>
/// <param name="Id">Its anchor, and the key of its heading.</param>
/// <param name="Write">Writes what stands under the heading.</param>
internal sealed record HtmlSection(string Id, Action Write);
