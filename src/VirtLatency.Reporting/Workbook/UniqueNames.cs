namespace VirtLatency.Reporting.Workbook;

/// <summary>Names that must differ from each other, whatever their case; one that is taken gets a number.</summary>
/// <param name="mostLetters">Letters that a name may have.</param>
internal sealed class UniqueNames(int mostLetters)
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes a name.</summary>
    /// <param name="wanted">The name; empty for any.</param>
    /// <returns>The name itself where it is free, cut where it is too long.</returns>
    public string Take(string wanted)
    {
        string name = CellText.Cut(wanted.Length == 0 ? "-" : wanted, mostLetters);
        for (int number = 2; !_taken.Add(name); number++)
        {
            string mark = FormattableString.Invariant($" ({number})");
            name = CellText.Cut(wanted, mostLetters - mark.Length) + mark;
        }

        return name;
    }
}
