namespace VirtLatency.Report;

/// <summary>What a row says, for colours and emphasis; a writer never leaves it to the colour alone, for the verdict stands in the row.</summary>
public enum ReportTone
{
    /// <summary>Nothing to stress.</summary>
    Plain,

    /// <summary>Told to be higher, worse, or a check that failed.</summary>
    Worse,

    /// <summary>Told to be lower, better, or fixed.</summary>
    Better,

    /// <summary>To be read with care: a bound, too few samples, a check that could not be made.</summary>
    Doubtful,
}
