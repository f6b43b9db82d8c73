namespace VirtLatency.CpuIdle.Boot;

/// <summary>A piece of a text and what takes its place.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Behind its last character; equal to the start to insert.</param>
/// <param name="Replacement">The new text.</param>
internal readonly record struct TextEdit(int Start, int End, string Replacement)
{
    /// <summary>Makes the edits, which do not overlap, in a text; all else stays as it is.</summary>
    public static string Apply(string text, IEnumerable<TextEdit> edits)
    {
        foreach (TextEdit edit in edits.OrderByDescending(edit => edit.Start).ThenByDescending(edit => edit.End))
        {
            text = string.Concat(text.AsSpan(0, edit.Start), edit.Replacement, text.AsSpan(edit.End));
        }

        return text;
    }
}
