namespace VirtLatency.Reporting.Workbook;

/// <summary>Names of a workbook's sheets by Excel's rules: 31 letters, none of []:*?/\, no ' at an end, each once, and not "History".</summary>
internal sealed class SheetNames
{
    private const int MostLetters = 31;
    private const string Forbidden = "[]:*?/\\\n\t";

    private readonly UniqueNames _names = new(MostLetters);

    public SheetNames() => _names.Take("History");

    /// <summary>Takes a name for a sheet.</summary>
    /// <param name="wanted">What the sheet should be called.</param>
    public string Take(string wanted)
    {
        string legal = new([.. CellText.Of(wanted).Select(c => Forbidden.Contains(c, StringComparison.Ordinal) ? '-' : c)]);
        return _names.Take(CellText.Cut(legal, MostLetters).Trim('\'', ' '));
    }
}
